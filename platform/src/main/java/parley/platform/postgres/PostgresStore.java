package parley.platform.postgres;

import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.lifecycle.NodeContext;

/// Transactions on PostgreSQL, through a small pool of connections.
///
/// Opening it never waits and never fails: whether the server is there shows at the first
/// transaction, and again at each later one, by the thread that asks: there is none in the
/// background. Calls block for at most two seconds for a connection and the time of a statement for
/// each statement. Thread-safe.
public final class PostgresStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

  /// Classes of SQLSTATE that pass by themselves or by an operator's hand: connection, access,
  /// transaction conflicts, resources, an operator's intervention, the system, no such database or
  /// schema.
  private static final Set<String> PASSING =
      Set.of("08", "25", "28", "40", "53", "55", "57", "58", "3D", "3F");

  /// A table or a right that is not there: the job that makes them has not run yet.
  private static final Set<String> NOT_MADE_YET = Set.of("42P01", "42501");

  private final PostgresPool pool;
  private final DSLContext dsl;
  private final Counter commits;
  private final Counter failures;
  private final AtomicBoolean away = new AtomicBoolean();

  private PostgresStore(PostgresPool pool, NodeContext context) {
    this.pool = pool;
    Settings settings =
        new Settings()
            .withExecuteLogging(false)
            .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED);
    this.dsl = DSL.using(pool.source(), SQLDialect.POSTGRES, settings);
    this.commits = context.meters().counter("parley.postgres.commits");
    this.failures = context.meters().counter("parley.postgres.failures");
    context.meters().gauge("parley.postgres.away", away, state -> state.get() ? 1 : 0);
  }

  /// Makes the pool; connects when the first transaction needs it.
  public static PostgresStore open(PostgresConfig config, NodeContext context) {
    return new PostgresStore(PostgresPool.over(config), context);
  }

  /// Does the work in one transaction. When this returns, it is committed.
  ///
  /// @param work may be run again by the caller from its beginning, so it writes by id
  /// @throws PostgresUnavailable if it could not be done now; whether it was committed is unknown
  /// @throws DataAccessException if it can never be done: a constraint, a fault in the statement
  public <T> T commit(Function<DSLContext, T> work) {
    try {
      T result = dsl.transactionResult(transaction -> work.apply(transaction.dsl()));
      commits.increment();
      if (away.compareAndSet(true, false)) {
        LOG.atInfo().log("PostgreSQL is back");
      }
      return result;
    } catch (DataAccessException failure) {
      failures.increment();
      String state = state(failure);
      if (!passes(state)) {
        throw failure;
      }
      if (away.compareAndSet(false, true)) {
        LOG.atWarn().addKeyValue("state", state).log("PostgreSQL is away");
      }
      throw new PostgresUnavailable(state, failure);
    }
  }

  /// Whether the last transaction found no server that did it.
  public boolean away() {
    return away.get();
  }

  @Override
  public void close() {
    pool.close();
  }

  private static boolean passes(String state) {
    return state.length() != 5
        || PASSING.contains(state.substring(0, 2))
        || NOT_MADE_YET.contains(state);
  }

  /// The SQLSTATE nearest to the server; a pool without connection counts as a broken one.
  private static String state(Throwable failure) {
    String state = "08000";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return state;
  }
}
