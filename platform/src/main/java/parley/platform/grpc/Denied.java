package parley.platform.grpc;

/// Why a valid caller may not do this. The same answer whether the thing exists or not.
public enum Denied {
  NOT_MEMBER,
  WRONG_SESSION,
  PERSONS_ONLY
}
