package parley.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.domain.Mode;
import parley.domain.ParticipantId;
import parley.match.core.AiWish;
import parley.match.core.Criteria;
import parley.match.core.Language;
import parley.match.core.Level;
import parley.match.core.Pool;
import parley.match.core.Seeking;
import parley.match.core.Tag;
import parley.match.core.Ticket;
import parley.match.core.TicketId;

/// What people wish for, as the page on matching names it. Tags are drawn roughly as people choose,
/// the n-th as often as 1/n.
enum Mix {
  /// 2 of 1,000 tags, 1 of 8 languages, one gender sought, 5 refusals.
  USUAL(2, 1, 5),
  /// 10 tags, 2 languages, two genders sought, 50 refusals.
  WIDEST(10, 2, 50);

  private static final int TAGS = 1_000;
  private static final int LETTERS = 16;
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "it", "pt", "pl", "tr");

  private final int tags;
  private final int languages;
  private final int refusals;

  Mix(int tags, int languages, int refusals) {
    this.tags = tags;
    this.languages = languages;
    this.refusals = refusals;
  }

  /// People who seek the other gender of two, and at the widest their own, too.
  List<Ticket> tickets(int count, Gender own, SplittableRandom random) {
    return IntStream.range(0, count).mapToObj(_ -> ticket(own, random)).toList();
  }

  Ticket ticket(Gender own, SplittableRandom random) {
    ParticipantId participant = ParticipantId.random(random);
    Gender other = own == Gender.MAN ? Gender.WOMAN : Gender.MAN;
    return new Ticket(
        TicketId.of(participant, "bench-request"),
        participant,
        DeviceId.random(random),
        Cohort.ADULT,
        own,
        new Criteria(
            new Pool(Mode.TEXT, "talk"),
            Seeking.of(this == USUAL ? List.of(other) : List.of(other, Gender.NONBINARY)),
            different(tags, () -> tag(random)).map(Tag::of).toList(),
            different(languages, () -> LANGUAGES.get(random.nextInt(LANGUAGES.size())))
                .map(Language::of)
                .toList(),
            Level.ANYONE,
            AiWish.NEVER),
        CorrelationId.random(random));
  }

  /// A list of refusals as it is stored, of people who are not there.
  String refusals(SplittableRandom random) {
    return random
        .ints((long) refusals * LETTERS, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static Stream<String> different(int count, Supplier<String> draw) {
    return Stream.generate(draw).distinct().limit(count);
  }

  private static String tag(SplittableRandom random) {
    return "tag" + (int) Math.pow(TAGS, random.nextDouble());
  }
}
