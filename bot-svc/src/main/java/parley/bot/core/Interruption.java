package parley.bot.core;

/// Why an answer on its way is stopped.
public enum Interruption {
  /// The person wrote on.
  WRITES_ON,
  /// The conversation is over.
  OVER,
  /// A person was found in place of the AI peer.
  STEPS_ASIDE,
  /// This node goes away.
  SHUTDOWN,
  /// What it said was not to be said.
  CONDUCT
}
