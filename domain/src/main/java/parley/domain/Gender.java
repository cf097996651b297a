package parley.domain;

/// What a participant says of their own gender; self-declared, never shown as fact.
public enum Gender {
  /// Not stated: meets those who seek anyone.
  UNSTATED,
  WOMAN,
  MAN,
  NONBINARY
}
