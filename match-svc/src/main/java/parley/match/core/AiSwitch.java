package parley.match.core;

/// Whether an AI peer may come in a pool, for those who welcome one.
public enum AiSwitch {
  OFF,
  ON
}
