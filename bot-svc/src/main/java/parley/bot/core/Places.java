package parley.bot.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.bot.core.port.Journal;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

/// The places of one node: kept for a while, then taken by a conversation until it is over. There
/// are never more of both together than the rules allow. Thread-safe.
public final class Places {
  private final PlaceRules rules;
  private final Host host;
  private final BooleanSupplier ready;
  private final Journal journal;
  private final InstantSource steady;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ReservationId, Place> places = new HashMap<>();
  private final Map<TicketId, ReservationId> tickets = new HashMap<>();
  private boolean open = true;

  /// Begins conversations.
  @FunctionalInterface
  public interface Host {
    /// @param over runs once, when the conversation is over
    Talk begin(ParticipantId peer, Invitation invitation, Runnable over);
  }

  /// @param ready whether a conversation that begins now would find words
  public Places(
      PlaceRules rules,
      Host host,
      BooleanSupplier ready,
      Journal journal,
      InstantSource steady,
      RandomGenerator random) {
    this.rules = rules;
    this.host = host;
    this.ready = ready;
    this.journal = journal;
    this.steady = steady;
    this.random = random;
  }

  /// Keeps a place. The same ticket gets the same place while it is kept.
  public ReserveOutcome reserve(TicketId ticket) {
    lock.lock();
    try {
      if (!open || !ready.getAsBoolean()) {
        journal.refused();
        return new ReserveOutcome.Refuses();
      }
      forgetLapsed();
      Place kept = Optional.ofNullable(tickets.get(ticket)).map(places::get).orElse(null);
      if (kept != null && kept.talk == null) {
        return new ReserveOutcome.Reserved(kept.reservation(left(kept)));
      }
      if (places.size() >= rules.most()) {
        journal.full();
        return new ReserveOutcome.Full();
      }
      return new ReserveOutcome.Reserved(keep(ticket).reservation(rules.heldFor()));
    } finally {
      lock.unlock();
    }
  }

  /// Sends the AI peer that was reserved. Repeated while it talks, it changes nothing.
  ///
  /// @return false if the place has lapsed, or was never kept here
  public boolean invite(ReservationId id, Invitation invitation) {
    lock.lock();
    try {
      forgetLapsed();
      Place place = places.get(id);
      if (place == null || !open) {
        return false;
      }
      if (place.talk == null) {
        place.session = invitation.session();
        place.talk = host.begin(place.peer, invitation, () -> free(id));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The conversation of this session, if it goes on here.
  public Optional<Talk> talk(SessionId session) {
    lock.lock();
    try {
      return places.values().stream()
          .filter(place -> session.equals(place.session))
          .map(place -> place.talk)
          .filter(talk -> talk != null)
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  /// How many places are kept or taken.
  public int taken() {
    lock.lock();
    try {
      return places.size();
    } finally {
      lock.unlock();
    }
  }

  /// How many conversations more could begin now; none while they would be refused.
  public int vacant() {
    lock.lock();
    try {
      forgetLapsed();
      return open && ready.getAsBoolean() ? Math.max(0, rules.most() - places.size()) : 0;
    } finally {
      lock.unlock();
    }
  }

  /// Takes nobody from now on.
  ///
  /// @return the conversations that go on
  public List<Talk> shut() {
    lock.lock();
    try {
      open = false;
      places.values().removeIf(place -> place.talk == null);
      List<Talk> talks = new ArrayList<>();
      for (Place place : places.values()) {
        Talk talk = place.talk;
        if (talk != null) {
          talks.add(talk);
        }
      }
      return List.copyOf(talks);
    } finally {
      lock.unlock();
    }
  }

  private Place keep(TicketId ticket) {
    ReservationId id = ReservationId.random(random);
    Place made =
        new Place(id, ticket, ParticipantId.random(random), steady.instant().plus(rules.heldFor()));
    places.put(id, made);
    tickets.put(ticket, id);
    journal.reserved();
    return made;
  }

  private void free(ReservationId id) {
    lock.lock();
    try {
      Place gone = places.remove(id);
      if (gone != null) {
        tickets.remove(gone.ticket, id);
      }
    } finally {
      lock.unlock();
    }
  }

  private void forgetLapsed() {
    Instant now = steady.instant();
    List<Place> lapsed =
        places.values().stream()
            .filter(place -> place.talk == null && !now.isBefore(place.until))
            .toList();
    for (Place place : lapsed) {
      places.remove(place.id);
      tickets.remove(place.ticket, place.id);
      journal.lapsed();
    }
  }

  private Duration left(Place place) {
    return Duration.between(steady.instant(), place.until);
  }

  private static final class Place {
    private final ReservationId id;
    private final TicketId ticket;
    private final ParticipantId peer;
    private final Instant until;
    private @Nullable SessionId session;
    private @Nullable Talk talk;

    private Place(ReservationId id, TicketId ticket, ParticipantId peer, Instant until) {
      this.id = id;
      this.ticket = ticket;
      this.peer = peer;
      this.until = until;
    }

    private Reservation reservation(Duration heldFor) {
      return new Reservation(id, peer, heldFor);
    }
  }
}
