package parley.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.client.Parley;
import parley.client.call.Face;
import parley.client.call.ServerAddress;
import parley.client.identity.GuestWish;
import parley.client.identity.Identity;
import parley.client.search.Match;
import parley.client.search.PeerSearch;
import parley.client.search.SearchEvent;
import parley.faults.talk.Seat;
import parley.faults.talk.Table;
import parley.platform.lifecycle.Lifecycle;
import parley.proto.domain.v1.Gender;
import parley.proto.domain.v1.Mode;
import parley.proto.match.v1.Criteria;

/// Guests who were paired through the door, as anybody is: two for each conversation.
final class People implements AutoCloseable {
  private static final int AT_ONCE = 8;
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(100);
  private static final int BIRTH_YEAR = 1990;
  private static final Criteria CRITERIA =
      Criteria.newBuilder().setMode(Mode.MODE_TEXT).addLanguages("en").build();

  private final Lifecycle lifecycle = new Lifecycle();
  private final List<Seat> seats = new ArrayList<>();

  private People() {}

  /// Returns when everybody is matched.
  ///
  /// @param door `host:port`
  static People meet(String door, int conversations) {
    People people = new People();
    try {
      Parley parley = people.lifecycle.own(Parley.connect(ServerAddress.parse(door), Face.NATIVE));
      Map<String, List<Found>> bySession = new TreeMap<>();
      for (Found found : people.search(parley, 2 * conversations)) {
        bySession.computeIfAbsent(found.match().sessionId(), _ -> new ArrayList<>()).add(found);
      }
      bySession.values().forEach(people::seat);
      return people;
    } catch (RuntimeException failure) {
      people.close();
      throw failure;
    }
  }

  List<Seat> seats() {
    return List.copyOf(seats);
  }

  /// Session ids by conversation.
  Map<String, String> sessions() {
    Map<String, String> sessions = new TreeMap<>();
    seats.forEach(seat -> sessions.put(seat.conversation(), seat.session()));
    return sessions;
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  /// Somebody who was matched.
  private record Found(Identity identity, Match match) {}

  /// A few at a time: each looks until somebody is found, whoever it is.
  private List<Found> search(Parley parley, int count) {
    Semaphore turns = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Found>> searches = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        searches.add(
            threads.submit(
                () -> {
                  turns.acquire();
                  try {
                    return search(parley);
                  } finally {
                    turns.release();
                  }
                }));
      }
      return searches.stream().map(People::result).toList();
    }
  }

  private Found search(Parley parley) throws InterruptedException {
    Identity identity = guest(parley);
    CompletableFuture<Match> match = new CompletableFuture<>();
    try (PeerSearch _ = parley.search(identity, CRITERIA, event -> found(event, match))) {
      return new Found(identity, await(match));
    }
  }

  private void seat(List<Found> two) {
    int number = seats.size() / 2 + 1;
    String name = "c%04d".formatted(number);
    Table table = new Table();
    for (Found one : two) {
      lifecycle.own(one.identity());
      int seat = 1 + two.indexOf(one);
      Face face = (number >> (seat - 1)) % 2 == 0 ? Face.NATIVE : Face.WEB;
      Match match = one.match();
      seats.add(
          new Seat(name, seat, face, one.identity(), match.sessionId(), match.grant(), table));
    }
  }

  private static Match await(CompletableFuture<Match> match) throws InterruptedException {
    try {
      return match.get(FOUND_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException nobody) {
      throw new IllegalStateException("nobody was found within " + FOUND_WITHIN, nobody);
    }
  }

  private static void found(SearchEvent event, CompletableFuture<Match> match) {
    if (event instanceof SearchEvent.Found(Match one)) {
      match.complete(one);
    } else if (event instanceof SearchEvent.Over over) {
      match.completeExceptionally(new IllegalStateException(over.sentence()));
    }
  }

  private static Identity guest(Parley parley) {
    return parley.newGuest(new GuestWish(BIRTH_YEAR, Gender.GENDER_UNSPECIFIED, _ -> true, null));
  }

  private static <T> T result(Future<T> search) {
    try {
      return search.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("somebody was not matched", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
