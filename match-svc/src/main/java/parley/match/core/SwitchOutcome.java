package parley.match.core;

/// What came of proposing a person to somebody who talks with an AI peer.
public enum SwitchOutcome {
  ASKED,
  ACCEPTED,
  DECLINED,
  SILENT,
  /// The other went away.
  WITHDRAWN
}
