package parley.platform.postgres;

/// Postgres did not do it now: it is away, slow, full, starting, stopping, or not migrated yet.
/// Nothing of the transaction can be relied upon, and nothing is wrong with it: the same may be
/// tried again, from its beginning. Whether it was committed is unknown.
public final class PostgresUnavailable extends RuntimeException {
  private final String state;

  PostgresUnavailable(String state, Throwable cause) {
    super("PostgreSQL is not available (SQLSTATE " + state + ")", cause);
    this.state = state;
  }

  /// The five characters of SQLSTATE: `53100` is a full disk, `57014` a statement that took too
  /// long, `08006` a broken connection.
  public String state() {
    return state;
  }
}
