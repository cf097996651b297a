package parley.envoy.door;

/// Names that Envoy's resources refer to each other by, and that its statistics carry.
public final class DoorNames {
  public static final String LISTENER = "door";
  public static final String ROUTES = "parley";
  public static final String JWKS_CLUSTER = "jwks";
  public static final String SITE_CLUSTER = "site";
  public static final String CERTIFICATE = "door-certificate";

  /// No cluster has this name: what is routed to it is answered with 404, after CORS and with a
  /// grpc-status.
  static final String NOWHERE = "nowhere";

  /// The control plane itself: in the bootstrap, not in a snapshot.
  public static final String XDS_CLUSTER = "xds";

  public static final String CORS = "envoy.filters.http.cors";
  public static final String JWT = "envoy.filters.http.jwt_authn";
  public static final String RBAC = "envoy.filters.http.rbac";

  /// Claim header for hashing; Envoy strips a client's own copy.
  public static final String SUBJECT_HEADER = "x-parley-sub";

  public static final String SESSION_HEADER = "x-parley-session";
  public static final String CORRELATION_HEADER = "x-correlation-id";

  /// Where the filter keeps a verified token's claims, for authorisation and the access log.
  static final String CLAIMS = "claims";

  private DoorNames() {}
}
