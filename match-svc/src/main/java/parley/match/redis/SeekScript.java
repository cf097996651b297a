package parley.match.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import parley.match.core.AiStanding;
import parley.match.core.Level;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.SearchPlan;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.port.PoolUnavailable;
import parley.match.redis.ScriptRunner.ScriptAnswer;

/// `ticket_seek.lua`, called until it has come to an end.
final class SeekScript {
  /// Each call parks 32 tickets of dead nodes; more than these nobody ever left behind.
  private static final int MOST_REPETITIONS = 100_000;

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final OwnerLease lease;
  private final MatchTimes times;

  SeekScript(ScriptRunner scripts, MatchKeys keys, OwnerLease lease, MatchTimes times) {
    this.scripts = scripts;
    this.keys = keys;
    this.lease = lease;
    this.times = times;
  }

  /// What a ticket brings into a search.
  ///
  /// @param held the number of the stream that held it before; 0000 if this one is new
  record Before(
      String level, String rank, String attempt, String relaxed, AiStanding ai, String held) {
    static Before none(Ticket ticket) {
      return reaching(ticket, ticket.start());
    }

    static Before reaching(Ticket ticket, Level level) {
      AiStanding ai = new AiStanding(ticket.criteria().ai().welcome(), null, null);
      return new Before(Integer.toString(level.step()), "", "0", "0000000", ai, "0000");
    }

    static Before of(Standing standing) {
      return new Before(
          Integer.toString(standing.level().step()),
          "%016d".formatted(standing.rank().micros()),
          Integer.toString(standing.attempt()),
          "%07d".formatted(standing.relaxed().toMillis()),
          standing.ai(),
          "%04d".formatted(standing.attachment()));
    }
  }

  /// The script's answer, once it has one.
  ///
  /// @throws PoolUnavailable if this node may not act now
  ScriptAnswer run(String op, Ticket ticket, Before before, Pairing pairing) {
    List<String> names =
        List.of(keys.ticket(ticket.cohort(), ticket.participant()), keys.nodes(ticket.cohort()));
    for (int i = 0; i < MOST_REPETITIONS; i++) {
      ScriptAnswer answer =
          scripts.runBytes(MatchScripts.SEEK, names, seekArguments(op, ticket, before, pairing));
      switch (answer.text(0)) {
        case "again" -> {}
        case "nolease", "gen" -> {
          lease.beatSoon();
          throw new PoolUnavailable("this node may not act now: " + answer.text(0));
        }
        default -> {
          return answer;
        }
      }
    }
    throw new PoolUnavailable("the line never came to an end");
  }

  private List<byte[]> seekArguments(String op, Ticket ticket, Before before, Pairing pairing) {
    SearchPlan plan = ticket.plan();
    List<byte[]> arguments =
        new ArrayList<>(
            ScriptRunner.bytes(
                Stream.of(
                    op,
                    ticket.participant().text(),
                    ticket.id().text(),
                    lease.owner().text(),
                    lease.gen(ticket.cohort()),
                    pairing.session().text(),
                    LineUp.text(plan) + AiText.write(before.ai()),
                    LineUp.look(plan),
                    before.level(),
                    before.rank(),
                    before.attempt(),
                    before.relaxed(),
                    ticket.device().text())));
    arguments.add(StoredTickets.write(ticket));
    arguments.addAll(
        ScriptRunner.bytes(
            Stream.of(
                RedisTicketPool.micros(times.keptInPark()),
                RedisTicketPool.micros(times.enterWithin()),
                RedisTicketPool.micros(times.settleWithin()),
                keepSeconds(times),
                RedisTicketPool.micros(times.answerWithin()),
                switch (pairing.acceptance()) {
                  case AT_ONCE -> "";
                  case BOTH -> "both";
                },
                before.held())));
    return arguments;
  }

  /// Until a record goes, whatever state it is left in.
  static String keepSeconds(MatchTimes times) {
    return Long.toString(times.keptAfterEnd().plus(times.keptInPark()).toSeconds());
  }
}
