package parley.platform.grpc;

/// Why an access token does not count.
public enum Unauthenticated {
  EXPIRED,
  REVOKED,
  MALFORMED,
  WRONG_AUDIENCE
}
