package parley.session.core;

/// What a client does after a stream's end.
public enum Next {
  STOP,
  RESUME,
  START_OVER
}
