package parley.match.core;

import java.util.List;

/// What a person wishes for. Pool and whom they seek are hard and never broken; tags and languages
/// are preferences, most wanted first, each once.
public record Criteria(Pool pool, Seeking seeking, List<Tag> tags, List<Language> languages) {
  public Criteria {
    tags = tags.stream().distinct().toList();
    languages = languages.stream().distinct().toList();
  }
}
