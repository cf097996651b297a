package parley.session.jooq;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static parley.tables.session.Tables.EVIDENCE;
import static parley.tables.session.Tables.MEMBERS;
import static parley.tables.session.Tables.REPORTS;
import static parley.tables.session.Tables.SESSIONS;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import parley.domain.MemberKind;
import parley.platform.postgres.PostgresStore;
import parley.platform.postgres.PostgresUnavailable;
import parley.relay.Who;
import parley.session.core.LastingReport;
import parley.session.core.LastingSession;
import parley.session.core.port.Archive;
import parley.session.core.port.ArchiveAway;
import parley.session.core.port.ArchiveRefusal;
import parley.tables.session.tables.records.ReportsRecord;

/// Rows of `session.sessions`, `members`, `reports` and `evidence`, each written by its name.
public final class JooqArchive implements Archive {
  /// The class of broken constraints: also of a table that has no part for a row's week.
  private static final String CONSTRAINT = "23";

  private final PostgresStore postgres;
  private final WeekRoom room;

  public JooqArchive(PostgresStore postgres, WeekRoom room) {
    this.postgres = postgres;
    this.room = room;
  }

  @Override
  public void keepSessions(List<LastingSession> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    keep(
        sessions.stream().map(LastingSession::made),
        dsl -> {
          writeSessions(dsl, sessions);
          writeMembers(dsl, sessions);
        });
  }

  @Override
  public void keepReport(LastingReport report) {
    keep(
        Stream.of(report.at()),
        dsl -> {
          writeReport(dsl, report);
          writeEvidence(dsl, report);
        });
  }

  /// A row whose week has no room is written once more after room was made.
  private void keep(Stream<Instant> moments, Consumer<DSLContext> writing) {
    try {
      commit(writing);
    } catch (DataAccessException refused) {
      if (!state(refused).startsWith(CONSTRAINT)) {
        throw new ArchiveRefusal("SQLSTATE " + state(refused), refused);
      }
      room.makeFor(moments.toList());
      commitOrRefuse(writing);
    }
  }

  private void commitOrRefuse(Consumer<DSLContext> writing) {
    try {
      commit(writing);
    } catch (DataAccessException refused) {
      throw new ArchiveRefusal("SQLSTATE " + state(refused), refused);
    }
  }

  private void commit(Consumer<DSLContext> writing) {
    try {
      var _ =
          postgres.commit(
              dsl -> {
                writing.accept(dsl);
                return true;
              });
    } catch (PostgresUnavailable away) {
      throw new ArchiveAway("what lasts cannot be kept now", away);
    }
  }

  /// How it ended is never overwritten: the word that it was opened may come late.
  private static void writeSessions(DSLContext dsl, List<LastingSession> sessions) {
    var insert =
        dsl.insertInto(
            SESSIONS,
            SESSIONS.ID,
            SESSIONS.OPENED,
            SESSIONS.MODE,
            SESSIONS.COHORT,
            SESSIONS.CLOSED,
            SESSIONS.WHY,
            SESSIONS.CLOSED_BY);
    for (LastingSession session : sessions) {
      LastingSession.@Nullable End end = session.end();
      insert =
          insert.values(
              session.id().bytes(),
              session.made(),
              word(session.about().mode()),
              session.about().cohort().code(),
              end == null ? null : end.at(),
              end == null ? null : end.why(),
              end == null ? null : (short) end.by());
    }
    var _ =
        insert
            .onConflict(SESSIONS.ID, SESSIONS.OPENED)
            .doUpdate()
            .set(SESSIONS.CLOSED, coalesce(SESSIONS.CLOSED, excluded(SESSIONS.CLOSED)))
            .set(SESSIONS.WHY, coalesce(SESSIONS.WHY, excluded(SESSIONS.WHY)))
            .set(SESSIONS.CLOSED_BY, coalesce(SESSIONS.CLOSED_BY, excluded(SESSIONS.CLOSED_BY)))
            .execute();
  }

  private static void writeMembers(DSLContext dsl, List<LastingSession> sessions) {
    var insert =
        dsl.insertInto(
            MEMBERS,
            MEMBERS.SESSION,
            MEMBERS.OPENED,
            MEMBERS.NUMBER,
            MEMBERS.KIND,
            MEMBERS.PARTICIPANT,
            MEMBERS.DEVICE);
    boolean nobody = true;
    for (LastingSession session : sessions) {
      for (Map.Entry<Integer, Who> member : session.who().entrySet()) {
        nobody = false;
        insert =
            insert.values(
                session.id().bytes(),
                session.made(),
                member.getKey().shortValue(),
                kind(session.about().kinds(), member.getKey()),
                member.getValue().participant().bytes(),
                member.getValue().device().bytes());
      }
    }
    if (!nobody) {
      var _ = insert.onConflictDoNothing().execute();
    }
  }

  private static void writeReport(DSLContext dsl, LastingReport report) {
    ReportsRecord row = new ReportsRecord();
    row.setId(report.id().bytes());
    row.setAt(report.at());
    row.setSession(report.session().bytes());
    row.setByParticipant(report.by().participant().bytes());
    row.setByDevice(report.by().device().bytes());
    row.setWhomParticipant(report.whom().participant().bytes());
    row.setWhomDevice(report.whom().device().bytes());
    row.setReason(report.reason());
    row.setComment(report.comment());
    var _ = dsl.insertInto(REPORTS).set(row).onConflictDoNothing().execute();
  }

  private static void writeEvidence(DSLContext dsl, LastingReport report) {
    var insert =
        dsl.insertInto(
            EVIDENCE,
            EVIDENCE.REPORT,
            EVIDENCE.AT,
            EVIDENCE.NUMBER,
            EVIDENCE.MEMBER,
            EVIDENCE.SAID,
            EVIDENCE.WORDS,
            EVIDENCE.ENTRY);
    for (LastingReport.Piece piece : report.evidence()) {
      insert =
          insert.values(
              report.id().bytes(),
              report.at(),
              Math.toIntExact(piece.offset()),
              (short) piece.member(),
              piece.said(),
              piece.words(),
              piece.entry().bytes());
    }
    if (!report.evidence().isEmpty()) {
      var _ = insert.onConflictDoNothing().execute();
    }
  }

  private static String kind(List<MemberKind> kinds, int member) {
    return member <= kinds.size() ? word(kinds.get(member - 1)) : "unknown";
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private static String state(DataAccessException refused) {
    return refused.getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "unknown";
  }
}
