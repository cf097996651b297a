package parley.faults.check;

/// What is promised of acknowledged texts.
public enum Promise {
  /// None is lost.
  KEPT,
  /// What is lost with a primary, where no replica was waited for, is told by a reset to each
  /// stream that had seen it. Losses are counted.
  TOLD
}
