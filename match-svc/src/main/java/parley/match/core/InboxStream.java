package parley.match.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import parley.domain.SessionId;
import parley.match.core.port.PoolUnavailable;

/// The inbox of a person who talks with an AI peer, in place of a stream: it takes what such a
/// person must know, one after the other, and drops the rest.
final class InboxStream implements TicketStream {
  private static final int TRIES = 3;

  private final Ticket ticket;
  private final Companion companion;
  private final TicketOwner.Parts parts;
  private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  InboxStream(Ticket ticket, Companion companion, TicketOwner.Parts parts) {
    this.ticket = ticket;
    this.companion = companion;
    this.parts = parts;
  }

  @Override
  public Companion companion() {
    return companion;
  }

  @Override
  public void tell(TicketEvent event) {
    switch (event) {
      case TicketEvent.Proposed asked -> {
        parts.journal().switched(SwitchOutcome.ASKED);
        later(() -> parts.inboxes().proposal(ticket, asked.match()));
      }
      case TicketEvent.Matched matched -> {
        parts.journal().switched(SwitchOutcome.ACCEPTED);
        later(() -> parts.peers().stepAside(companion));
        later(() -> parts.inboxes().matched(ticket, matched.match(), companion));
      }
      case TicketEvent.Withdrawn back -> {
        parts.journal().switched(outcome(back.why()));
        withdrawn(back.proposal(), Looking.STILL);
      }
      case TicketEvent.Rests rests -> {
        SessionId proposal = rests.proposal();
        if (proposal != null) {
          parts.journal().switched(SwitchOutcome.SILENT);
          withdrawn(proposal, Looking.NO_MORE);
        }
      }
      case TicketEvent.Accepted _, TicketEvent.Waiting _, TicketEvent.PeerAsked _ -> {}
      case TicketEvent.Ending _ -> {} // Its person hears of it at the next KeepWaiting.
    }
  }

  private void withdrawn(SessionId proposal, Looking looking) {
    later(() -> parts.inboxes().withdrawn(ticket, proposal, looking));
  }

  private static SwitchOutcome outcome(OwnerNews.Why why) {
    return switch (why) {
      case DECLINED -> SwitchOutcome.DECLINED;
      case WITHDRAWN, NOBODY_CAME -> SwitchOutcome.WITHDRAWN;
    };
  }

  /// In order, on a task of its own.
  private void later(Runnable telling) {
    untold.add(telling);
    if (waiting.getAndIncrement() == 0) {
      parts.tasks().execute(this::tellAll);
    }
  }

  private void tellAll() {
    do {
      Runnable next = untold.poll();
      if (next != null) {
        tellOne(next);
      }
    } while (waiting.decrementAndGet() > 0);
  }

  private static void tellOne(Runnable telling) {
    for (int i = 0; i < TRIES; i++) {
      try {
        telling.run();
        return;
      } catch (PoolUnavailable _) {
        // Once more; who was not told finds out by GetCurrent.
      }
    }
  }
}
