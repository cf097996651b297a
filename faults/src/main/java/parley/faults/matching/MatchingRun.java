package parley.faults.matching;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import parley.faults.machine.Store;
import parley.faults.matching.Crowd.Stage;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.MatchingVerdict;
import parley.faults.matching.check.What;
import parley.platform.auth.AccessTokenSigner;

/// One seeded run: people ask, meet, fall away and come back, faults come and go, all calm down,
/// and the checker reads what everybody noted.
public final class MatchingRun {
  private static final int REFUSES = 5;
  private static final int SMALL_CROWD = 150;
  private static final Duration GOES_HOME_WITHIN = Duration.ofSeconds(10);

  private MatchingRun() {}

  /// What a run is made of.
  ///
  /// @param tickets people ask until so many were asked for
  /// @param busy or for so long
  /// @param patience who waits beside somebody who fits, or is told nothing, for longer is a
  ///   violation. Longer than the page says, because everything shares a small machine; twice as
  ///   long is everybody's calm at the end
  /// @param between nothing is broken for at least so long after each fault
  public record Plan(
      long seed,
      int people,
      int tickets,
      Duration busy,
      Pace pace,
      Duration patience,
      Duration between,
      Store.Kind store,
      Set<MatchFault> faults) {
    public Plan {
      faults = Set.copyOf(faults);
    }
  }

  /// Returns the verdict; the history stays in the folder.
  ///
  /// @param folder an empty one
  /// @param inFront folders whose resources nodes take before the project's own
  public static MatchingVerdict perform(Plan plan, Path folder, List<Path> inFront) {
    Path history = folder.resolve("history.jsonl");
    try (MatchPlace place = MatchPlace.start(plan.store(), folder, inFront, plan.pace());
        Chronicle chronicle = Chronicle.open(history)) {
      live(plan, place, chronicle);
    }
    return Chronicle.judge(history);
  }

  private static void live(Plan plan, MatchPlace place, Chronicle chronicle) {
    Pace pace = plan.pace();
    chronicle.note(
        Line.of(What.RUN)
            .with("seed", plan.seed())
            .with("enter", pace.enter().toMillis())
            .with("park", pace.park().toMillis())
            .with("patience", plan.patience().toMillis())
            .with("settle", pace.settle().toMillis())
            .with("talk", pace.toLanguage().toMillis() + "," + pace.toAnyone().toMillis())
            .with(
                "dating",
                pace.datingToLanguage().toMillis() + "," + pace.datingToAnyone().toMillis()));
    Meetings meetings = new Meetings(place, chronicle, pace);
    place.serve(meetings);
    Crowd crowd =
        new Crowd(
            place,
            chronicle,
            meetings,
            new Stage(),
            new AtomicInteger(),
            Words.of(plan.people()),
            pace);
    List<Thread> people = begin(plan, crowd);
    new MatchingFaults(place, chronicle, plan.seed()).perform(plan, crowd.numbers());
    chronicle.note(Line.of(What.CALM));
    crowd.stage().turnTo(Stage.Act.CALM);
    LockSupport.parkNanos(2 * plan.patience().toNanos());
    KeptTickets.note(place.store().primaryPort(), chronicle);
    crowd.stage().turnTo(Stage.Act.OVER);
    people.forEach(MatchingRun::goHome);
  }

  private static List<Thread> begin(Plan plan, Crowd crowd) {
    AccessTokenSigner signer = crowd.place().signer();
    Random random = new Random(plan.seed());
    List<Person> all =
        Stream.generate(() -> Person.draw(random, signer)).limit(plan.people()).toList();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Random own = new Random(plan.seed() * 1_000_003 + i);
      Person person = all.get(i);
      threads.add(
          Thread.ofVirtual()
              .name("person-" + i)
              .start(
                  () -> {
                    LockSupport.parkNanos((long) (Math.sqrt(own.nextDouble()) * comeWithin(all)));
                    live(person, all, crowd, own);
                  }));
    }
    return threads;
  }

  /// Few at first, in the end a hundred a second, so that nodes that just began are not overrun.
  private static long comeWithin(List<Person> people) {
    return people.size() * 20_000_000L;
  }

  /// Refuses some whom it does not know, in a large crowd one before each search, and asks again
  /// and again.
  private static void live(Person person, List<Person> all, Crowd crowd, Random random) {
    int left = REFUSES;
    while (crowd.is(Stage.Act.BUSY) && !Thread.currentThread().isInterrupted()) {
      for (int now = all.size() > SMALL_CROWD ? 1 : left; now > 0 && left > 0; now--, left--) {
        Person other = all.get(random.nextInt(all.size()));
        if (!other.equals(person)) {
          crowd.meetings().refuse(person, other, random);
        }
      }
      new Search(person, crowd, random).live();
      LockSupport.parkNanos(random.nextInt(600) * 1_000_000L);
    }
  }

  private static void goHome(Thread person) {
    try {
      if (!person.join(GOES_HOME_WITHIN)) {
        person.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
