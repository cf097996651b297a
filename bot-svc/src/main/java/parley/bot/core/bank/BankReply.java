package parley.bot.core.bank;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A line of the bank's, ready to be said.
///
/// @param score how sure it is that it fits, 0 to 1: 1 if the words are the bank's own, else how
///   near in meaning they are; 0 for a line that carries on without having understood
/// @param mood how the person probably feels, if that can be told
public record BankReply(
    String text, double score, Origin origin, Topic topic, @Nullable Mood mood) {
  /// How the line was found.
  public enum Origin {
    /// By what the person said.
    EXCHANGE,
    /// As an answer to the question that was asked before.
    FOLLOW_UP,
    /// Because nothing else was found.
    CARRY_ON
  }

  /// This line, then another one's, as one reply of the other's kind.
  BankReply before(BankReply other) {
    return new BankReply(
        text + " " + other.text(), other.score(), other.origin(), other.topic(), other.mood());
  }

  public Optional<Mood> feeling() {
    return Optional.ofNullable(mood);
  }
}
