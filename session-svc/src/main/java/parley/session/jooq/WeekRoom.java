package parley.session.jooq;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresSource;
import parley.schema.Keeping;
import parley.schema.Weeks;
import parley.session.core.port.ArchiveAway;

/// Room in the tables that are divided by weeks: made ahead, and dropped when it is too old. Nodes
/// take turns by a lock in PostgreSQL; who comes second finds nothing to do.
public final class WeekRoom {
  private static final Logger LOG = LoggerFactory.getLogger("parley.session");

  private final DataSource database;
  private final Keeping keeping;

  public WeekRoom(PostgresConfig config, Keeping keeping) {
    this.database = new PostgresSource(config);
    this.keeping = keeping;
  }

  /// What a table holds longer than is kept goes, and what it will need is made. What cannot be
  /// done now is left to the next time.
  public void keep() {
    try {
      Weeks.Done done = Weeks.keep(database, keeping);
      if (!done.made().isEmpty() || !done.dropped().isEmpty()) {
        LOG.atInfo()
            .addKeyValue("made", done.made())
            .addKeyValue("dropped", done.dropped())
            .log("weeks kept");
      }
    } catch (SQLException notNow) {
      LOG.atInfo().addKeyValue("state", notNow.getSQLState()).log("weeks not kept now");
    }
  }

  /// Room for rows of these moments, however old.
  ///
  /// @throws ArchiveAway if it cannot be made now
  void makeFor(List<Instant> moments) {
    try {
      Weeks.make(database, moments);
    } catch (SQLException notNow) {
      throw new ArchiveAway("no room for the week of a row", notNow);
    }
  }
}
