package parley.match.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import parley.domain.Gender;

/// Where a ticket stands and where it looks. A queue is a side and a rung of one pool.
///
/// - It **stands** in `stand` × the rungs of its families: one side, because whom it seeks is part
///   of the side.
/// - It **looks** in `look` × the same rungs: for each gender it seeks, all sides that seek its
///   own.
///
/// Looking and standing share the rungs, so A finds B exactly if B would find A. Families come in
/// the order of [Level]: language and tag, language, anyone. Who has no tags has no rung in the
/// first; who has no languages, only the last. [#INDEXED_TAGS] and [#INDEXED_LANGUAGES] bound the
/// rungs; all tags count in the score among the few found.
public record SearchPlan(
    Pool pool, Side stand, List<Side> look, List<List<String>> families, List<TagMark> tags) {
  public static final int INDEXED_TAGS = 5;
  public static final int INDEXED_LANGUAGES = 2;

  private static final String ANYONE_RUNG = "*";

  /// Where each side looks: for each gender it seeks, all sides that seek its own.
  private static final Map<Side, List<Side>> LOOKS =
      Side.all().stream().collect(Collectors.toUnmodifiableMap(side -> side, SearchPlan::look));

  public SearchPlan {
    look = List.copyOf(look);
    families = families.stream().map(List::copyOf).toList();
    tags = List.copyOf(tags);
  }

  public static SearchPlan of(Gender own, Criteria criteria) {
    List<TagMark> marks = criteria.tags().stream().map(TagMark::of).distinct().toList();
    List<String> languages =
        criteria.languages().stream().limit(INDEXED_LANGUAGES).map(Language::code).toList();
    Side stand = new Side(own, criteria.seeking());
    return new SearchPlan(
        criteria.pool(),
        stand,
        Objects.requireNonNull(LOOKS.get(stand)),
        List.of(shared(languages, marks), languages, List.of(ANYONE_RUNG)),
        marks);
  }

  /// The rungs of one family.
  public List<String> rungs(Level family) {
    return families.get(family.step());
  }

  /// Where a ticket with this plan begins: the first family in which it has a rung.
  public Level start() {
    return Arrays.stream(Level.values())
        .filter(level -> !rungs(level).isEmpty())
        .findFirst()
        .orElse(Level.ANYONE);
  }

  private static List<Side> look(Side from) {
    List<Seeking> seekMe = Seeking.allThatMeet(from.own());
    return Arrays.stream(Gender.values())
        .filter(from.seeking()::meets)
        .flatMap(peer -> seekMe.stream().map(theirs -> new Side(peer, theirs)))
        .toList();
  }

  private static List<String> shared(List<String> languages, List<TagMark> marks) {
    List<String> rungs = new ArrayList<>();
    for (String language : languages) {
      marks.stream()
          .limit(INDEXED_TAGS)
          .map(mark -> language + "." + mark.text())
          .forEach(rungs::add);
    }
    return rungs;
  }
}
