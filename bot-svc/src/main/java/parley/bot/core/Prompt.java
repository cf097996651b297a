package parley.bot.core;

import java.util.List;
import parley.bot.core.conduct.Tongue;

/// What an answer is asked for.
///
/// @param memory what was said before in this conversation, oldest first; of other conversations
///   nothing is ever known
/// @param said what the person wrote since; empty if it is the AI peer's turn after a long silence
/// @param turn counts the person's messages, from 1
/// @param tags what the person likes: to ask about, never to claim
public record Prompt(
    List<Line> memory, String said, Tongue tongue, int turn, List<String> tags, Tone tone) {
  /// How to speak.
  public enum Tone {
    USUAL,
    /// After an emergency, to the end: nothing that brightens up, no jokes, no games.
    GENTLE
  }

  /// The person has heard this line from the AI peer.
  public boolean hasHeard(String line) {
    return memory.contains(new Line(Line.Who.PEER, line));
  }

  public Prompt {
    memory = List.copyOf(memory);
    tags = List.copyOf(tags);
  }
}
