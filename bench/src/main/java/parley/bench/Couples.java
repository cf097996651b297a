package parley.bench;

import io.grpc.CallCredentials;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import parley.domain.Gender;
import parley.proto.domain.v1.Cohort;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;

/// As many women as men who like nearly the same. A woman waits, a man comes, and what they came to
/// is settled once, as session-svc does it; each time another two, who have not met lately. Couples
/// who meet at the same time each have a tag of their own, so that he finds her. Thread-safe.
final class Couples {
  private static final int OF_EACH = 1_200;

  /// So that everybody comes with another one in the next round.
  private static final int SHIFT = 7;

  private final PairPlace place;
  private final List<CallCredentials> women;
  private final List<CallCredentials> men;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Queue<Long> nanosToMatch = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pairs = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  Couples(PairPlace place, Passport passport) {
    this.place = place;
    this.women = people(passport, Gender.WOMAN);
    this.men = people(passport, Gender.MAN);
  }

  /// Returns when both were found and settled, or that came to nothing.
  ///
  /// @param own the tag of this couple alone
  void meet(String own) {
    try {
      meetOrThrow(own);
    } catch (RuntimeException broken) {
      lost.incrementAndGet();
    }
  }

  private void meetOrThrow(String own) {
    int number = numbers.getAndIncrement();
    String request = "couple-%06d".formatted(number);
    int her = number % OF_EACH;
    int him = (number + number / OF_EACH * SHIFT) % OF_EACH;
    Searcher waits =
        Searcher.start(place.serving(number), women.get(her), request, seeks(Gender.MAN, own));
    waits.awaitTicket();
    long began = System.nanoTime();
    Searcher comes =
        Searcher.start(place.serving(number + 1), men.get(him), request, seeks(Gender.WOMAN, own));
    String session = comes.awaitSession();
    nanosToMatch.add(System.nanoTime() - began);
    String other = waits.awaitSession();
    Stream.of(session, other).distinct().forEach(this::settle);
    pairs.incrementAndGet();
  }

  int pairs() {
    return pairs.get();
  }

  /// How many did not find each other in time, or were told something else.
  int lost() {
    return lost.get();
  }

  void forgetTimes() {
    nanosToMatch.clear();
  }

  /// From a man's call to his match, in milliseconds.
  ///
  /// @param part 0.99: all but one in a hundred were as soon
  double toMatchMillis(double part) {
    long[] sorted = nanosToMatch.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }

  /// Men whom nobody fits here.
  static Criteria odd() {
    return seeks(Gender.MAN, "rain").toBuilder()
        .clearSeeking()
        .addSeeking(parley.proto.domain.v1.Gender.GENDER_NONBINARY)
        .build();
  }

  /// Who found somebody else is settled, too; twice changes nothing.
  private void settle(String session) {
    var _ =
        SettlementServiceGrpc.newBlockingStub(place.mesh())
            .settle(
                SettleRequest.newBuilder()
                    .setSessionId(session)
                    .addAllEntered(Arrays.asList(1, 2))
                    .setCohort(Cohort.COHORT_ADULT)
                    .build());
  }

  private static List<CallCredentials> people(Passport passport, Gender gender) {
    return Stream.generate(() -> passport.person(gender)).limit(OF_EACH).toList();
  }

  private static Criteria seeks(Gender gender, String own) {
    return Criteria.newBuilder()
        .addSeeking(
            gender == Gender.MAN
                ? parley.proto.domain.v1.Gender.GENDER_MAN
                : parley.proto.domain.v1.Gender.GENDER_WOMAN)
        .addTags("go")
        .addTags(own)
        .addLanguages("en")
        .build();
  }
}
