package parley.domain;

/// What an AI peer talks by, as far as people are told; who gets the words is said beside it.
public enum TalkerKind {
  /// A model, in the house or at a provider.
  MODEL,
  /// The small companion that comes with the service, works offline and asks no other machine.
  BUILT_IN
}
