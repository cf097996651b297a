package parley.domain;

/// How two people talk.
public enum Mode {
  TEXT,
  VOICE,
  VIDEO
}
