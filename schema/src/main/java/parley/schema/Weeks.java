package parley.schema;

import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.TemporalAdjusters.previousOrSame;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/// Keeps room for what comes and drops what is too old: the parts of tables that are divided by
/// weeks. By the clock of PostgreSQL; may run at any time, beside services that write; several at
/// once wait for each other. Whoever writes is held up for the moment that a part takes to appear
/// or go, at most two seconds; if that is not enough, the work is left to the next run.
public final class Weeks {
  private Weeks() {}

  /// What a run did, by the names of parts.
  public record Done(List<String> made, List<String> dropped) {
    public Done {
      made = List.copyOf(made);
      dropped = List.copyOf(dropped);
    }
  }

  /// Makes the parts of last week, of this one and of those ahead, and drops those whose last
  /// moment is longer ago than is kept.
  ///
  /// @throws SQLException if the database is away, or busy for too long; the next run goes on
  public static Done keep(DataSource database, Keeping keeping) throws SQLException {
    List<String> made = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      lock(statement);
      Instant now = now(statement);
      LocalDate monday = monday(now);
      for (WeeklyTable table : WeeklyTable.values()) {
        List<LocalDate> there = mondays(statement, table);
        for (int week = -1; week <= keeping.weeksAhead(); week++) {
          if (!there.contains(monday.plusWeeks(week))) {
            made.add(make(statement, table, monday.plusWeeks(week)));
          }
        }
        for (LocalDate old : there) {
          if (old.isBefore(monday.minusWeeks(1))
              && !end(old).plus(keeping.of(table)).isAfter(now)) {
            dropped.add(drop(statement, table, old));
          }
        }
      }
    }
    return new Done(made, dropped);
  }

  /// Makes the parts of the weeks of these moments where they are not there: for rows that come
  /// when nobody counted on them any more. [#keep] drops them again in their time.
  ///
  /// @throws SQLException if the database is away, or busy for too long
  public static void make(DataSource database, Collection<Instant> moments) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      lock(statement);
      for (WeeklyTable table : WeeklyTable.values()) {
        List<LocalDate> there = mondays(statement, table);
        for (LocalDate monday : moments.stream().map(Weeks::monday).distinct().toList()) {
          if (!there.contains(monday)) {
            var _ = make(statement, table, monday);
          }
        }
      }
    }
  }

  /// One at a time, and nobody who writes is held up for long.
  private static void lock(Statement statement) throws SQLException {
    statement.execute("SET lock_timeout = '2s'");
    statement.execute("SELECT pg_advisory_lock(hashtext('parley.schema.weeks'))");
  }

  private static LocalDate monday(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate().with(previousOrSame(MONDAY));
  }

  private static String make(Statement statement, WeeklyTable table, LocalDate monday)
      throws SQLException {
    statement.execute(
        "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%sT00:00Z') TO ('%s')"
            .formatted(table.part(monday), table.table(), monday, end(monday)));
    return table.part(monday);
  }

  private static String drop(Statement statement, WeeklyTable table, LocalDate monday)
      throws SQLException {
    statement.execute("DROP TABLE " + table.part(monday));
    return table.part(monday);
  }

  private static Instant end(LocalDate monday) {
    return monday.plusWeeks(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static List<LocalDate> mondays(Statement statement, WeeklyTable table)
      throws SQLException {
    List<LocalDate> mondays = new ArrayList<>();
    try (ResultSet parts =
        statement.executeQuery(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '%s'::regclass"
                .formatted(table.table()))) {
      while (parts.next()) {
        mondays.add(WeeklyTable.monday(parts.getString(1)));
      }
    }
    return mondays;
  }

  private static Instant now(Statement statement) throws SQLException {
    try (ResultSet answer = statement.executeQuery("SELECT now()")) {
      answer.next();
      return answer.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}
