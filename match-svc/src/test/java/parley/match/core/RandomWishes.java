package parley.match.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import parley.domain.Gender;

/// People with random wishes, from a seed: as the rules read them and as tickets.
public final class RandomWishes {
  private static final List<Gender> GENDERS = List.of(Gender.values());
  private static final List<Gender> STATED = List.of(Gender.WOMAN, Gender.MAN, Gender.NONBINARY);
  private static final List<String> LANGUAGES = List.of("en", "fr", "de", "ja", "pt");

  private final Random random;
  private final int tagsInUse;

  /// @param tagsInUse the fewer, the more people share one
  public RandomWishes(long seed, int tagsInUse) {
    this.random = new Random(seed);
    this.tagsInUse = tagsInUse;
  }

  MayMeet next() {
    Set<Gender> seeking = new HashSet<>(STATED);
    seeking.removeIf(_ -> random.nextBoolean());
    return new MayMeet(
        GENDERS.get(random.nextInt(GENDERS.size())),
        seeking,
        random.nextInt(8) == 0 ? "vent" : "talk",
        some(IntStream.range(0, tagsInUse).mapToObj(i -> "tag " + i).toList(), 10),
        some(LANGUAGES, 4));
  }

  public Ticket ticket() {
    return ticket(next());
  }

  static Ticket ticket(MayMeet person) {
    return TicketBuilder.ticket()
        .as(person.gender())
        .seeking(person.seeking().toArray(Gender[]::new))
        .intent(person.intent())
        .tags(person.tags().toArray(String[]::new))
        .languages(person.languages().toArray(String[]::new))
        .build();
  }

  /// The wishes of a ticket, as its person wrote them.
  static MayMeet of(Ticket ticket) {
    return new MayMeet(
        ticket.gender(),
        ticket.criteria().seeking().named(),
        ticket.criteria().pool().intent(),
        ticket.criteria().tags().stream().map(Tag::text).toList(),
        ticket.criteria().languages().stream().map(Language::code).toList());
  }

  /// Whether two tickets may be paired, by the rules alone.
  public static boolean mayMeet(Ticket one, Ticket other) {
    return of(one).mayMeet(of(other));
  }

  private List<String> some(List<String> all, int most) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, random.nextInt(Math.min(most, all.size()) + 1)));
  }
}
