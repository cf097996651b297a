package parley.match.core;

import java.util.List;

/// What a person wishes for. Pool and whom they seek are hard and never broken; tags and languages
/// are preferences, most wanted first, each once. `widest` is how far they let them relax, `ai`
/// what they wish of AI peers.
public record Criteria(
    Pool pool, Seeking seeking, List<Tag> tags, List<Language> languages, Level widest, AiWish ai) {
  public Criteria {
    tags = tags.stream().distinct().toList();
    languages = languages.stream().distinct().toList();
  }

  /// The level at which these wishes begin: the first in which they have a rung.
  public Level start() {
    return languages.isEmpty()
        ? Level.ANYONE
        : tags.isEmpty() ? Level.SAME_LANGUAGE : Level.SAME_TAGS;
  }

  public Criteria withoutSeeking() {
    return new Criteria(pool, Seeking.ANYONE, tags, languages, widest, ai);
  }

  public Criteria withoutTags() {
    return new Criteria(pool, seeking, List.of(), languages, widest, ai);
  }

  public Criteria withoutLanguages() {
    return new Criteria(pool, seeking, tags, List.of(), widest, ai);
  }
}
