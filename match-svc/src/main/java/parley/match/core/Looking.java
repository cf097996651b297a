package parley.match.core;

/// What a person does after a proposal that came to nothing.
public enum Looking {
  STILL,
  /// The ticket is out of line, because it was not answered.
  NO_MORE
}
