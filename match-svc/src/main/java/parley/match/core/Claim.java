package parley.match.core;

/// What became of a ticket for which an AI peer is reserved.
public sealed interface Claim {
  /// It is taken, or has a companion from now on.
  record Claimed(AiMatch match) implements Claim {}

  /// It no longer waits here as it did, or its person wants none: nothing was changed.
  record Lost() implements Claim {}
}
