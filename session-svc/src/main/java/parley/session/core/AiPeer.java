package parley.session.core;

import java.util.List;
import parley.domain.TalkerKind;

/// What a person is told of the AI that they talk with.
///
/// @param languages of the person, as BCP 47 tags, best first
/// @param talker what it talks by
/// @param provider who gets the words if they leave the house, as people know it; empty if they
///   stay
public record AiPeer(List<String> languages, TalkerKind talker, String provider) {
  public AiPeer {
    languages = List.copyOf(languages);
  }
}
