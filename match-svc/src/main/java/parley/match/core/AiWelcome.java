package parley.match.core;

/// Whether an AI peer may come when nobody is there.
public enum AiWelcome {
  NEVER,
  /// And then a person is no longer looked for.
  INSTEAD,
  /// And the ticket stays in line.
  MEANWHILE
}
