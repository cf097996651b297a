package parley.bot.core;

/// One thing that was said in a conversation.
public record Line(Who who, String text) {
  /// Who speaks.
  public enum Who {
    PERSON,
    /// The AI peer.
    PEER
  }
}
