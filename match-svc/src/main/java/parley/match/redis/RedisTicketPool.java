package parley.match.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Census;
import parley.match.core.Ending;
import parley.match.core.HeldTicket;
import parley.match.core.Level;
import parley.match.core.MatchTimes;
import parley.match.core.Pool;
import parley.match.core.Rank;
import parley.match.core.SearchPlan;
import parley.match.core.Side;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.TicketState;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketPool;
import parley.match.redis.ScriptRunner.ScriptAnswer;

/// The pool as scripts on Redis: one call each, committed before it is told. Which node this is,
/// and that it lives, its [OwnerLease] says.
public final class RedisTicketPool implements TicketPool {
  /// Each call parks 32 tickets of dead nodes; more than these nobody ever left behind.
  private static final int MOST_REPETITIONS = 100_000;

  private static final Map<String, Side> SIDES =
      Side.all().stream().collect(Collectors.toUnmodifiableMap(Side::text, side -> side));

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final OwnerLease lease;
  private final MatchTimes times;
  private final Level level;

  /// @param level how far tickets look and stand; until they relax by themselves, all alike
  RedisTicketPool(
      ScriptRunner scripts, MatchKeys keys, OwnerLease lease, MatchTimes times, Level level) {
    this.level = level;
    this.scripts = scripts;
    this.keys = keys;
    this.lease = lease;
    this.times = times;
  }

  @Override
  public Arrival arrive(Ticket ticket, SessionId session) {
    return arrival(ticket, seek("arrive", ticket, "", session));
  }

  @Override
  public Arrival arriveAgain(Ticket ticket, Rank rank, SessionId session) {
    return arrival(ticket, seek("arrive", ticket, "%016d".formatted(rank.micros()), session));
  }

  @Override
  public Attachment attach(Ticket ticket, SessionId session) {
    ScriptAnswer answer = seek("attach", ticket, "", session);
    return switch (answer.text(0)) {
      case "waiting" -> new Attachment.Stood(standing(ticket, answer));
      case "matched" -> new Attachment.Met(MatchRecord.read(answer.bytes(2), ticket.cohort()));
      case "before" -> new Attachment.MetBefore(MatchRecord.read(answer.bytes(2), ticket.cohort()));
      case "over" -> new Attachment.Over(held(ticket, answer));
      case "none" -> new Attachment.NoTicket();
      default -> throw unexpected(answer);
    };
  }

  @Override
  public void park(Ticket ticket) {
    var _ =
        scripts.run(
            MatchScripts.PARK,
            List.of(keys.ticket(ticket.cohort(), ticket.participant())),
            List.of(
                ticket.participant().text(),
                ticket.id().text(),
                lease.owner().text(),
                micros(times.keptInPark()),
                keepSeconds()));
  }

  @Override
  public Ending cancel(Cohort cohort, ParticipantId participant, TicketId ticket) {
    return end(cohort, participant, ticket, "C");
  }

  @Override
  public Ending expire(Cohort cohort, ParticipantId participant, TicketId ticket) {
    return end(cohort, participant, ticket, "E");
  }

  @Override
  public Ending keep(Cohort cohort, ParticipantId participant, TicketId ticket) {
    return look(cohort, participant, "1")
        .filter(held -> held.ticket().id().equals(ticket))
        .<Ending>map(
            held ->
                held.state() == TicketState.WAITING
                    ? new Ending.Done()
                    : new Ending.NotWaiting(held.state()))
        .orElseGet(Ending.NoTicket::new);
  }

  @Override
  public Optional<HeldTicket> find(Cohort cohort, ParticipantId participant) {
    return look(cohort, participant, "0");
  }

  @Override
  public boolean settle(Cohort cohort, SessionId session, Set<Integer> entered) {
    return scripts
        .run(
            MatchScripts.SETTLE,
            List.of(keys.match(cohort, session)),
            List.of(
                entered.contains(1) ? "1" : "0", entered.contains(2) ? "1" : "0", keepSeconds()))
        .isOne();
  }

  @Override
  public Census census(Cohort cohort, Pool pool) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.COUNT,
            List.of(keys.nodes(cohort)),
            List.of(pool.text(), String.join(" ", SIDES.keySet())));
    Map<Side, Census.Crowd> crowds = new HashMap<>();
    for (int i = 1; i < answer.size(); i += 3) {
      int size = Integer.parseInt(answer.text(i + 1));
      Rank first = new Rank((long) Double.parseDouble(answer.text(i + 2)));
      Side side = SIDES.get(answer.text(i));
      if (side != null) {
        crowds.put(side, new Census.Crowd(size, first));
      }
    }
    return new Census(crowds, new Rank(Long.parseLong(answer.text(0))));
  }

  static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }

  private ScriptAnswer seek(String op, Ticket ticket, String rank, SessionId session) {
    List<String> names =
        List.of(keys.ticket(ticket.cohort(), ticket.participant()), keys.nodes(ticket.cohort()));
    for (int i = 0; i < MOST_REPETITIONS; i++) {
      ScriptAnswer answer =
          scripts.runBytes(MatchScripts.SEEK, names, seekArguments(op, ticket, rank, session));
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

  private List<byte[]> seekArguments(String op, Ticket ticket, String rank, SessionId session) {
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
                    session.text(),
                    LineUp.text(plan),
                    LineUp.look(plan),
                    Integer.toString(level.step()),
                    rank,
                    ticket.device().text().substring(0, 8))));
    arguments.add(StoredTickets.write(ticket));
    arguments.addAll(
        ScriptRunner.bytes(
            Stream.of(
                micros(times.keptInPark()),
                micros(times.enterWithin()),
                micros(times.settleWithin()),
                keepSeconds())));
    return arguments;
  }

  private Arrival arrival(Ticket ticket, ScriptAnswer answer) {
    return switch (answer.text(0)) {
      case "waiting" -> new Arrival.Stood(standing(ticket, answer));
      case "matched" -> new Arrival.Met(MatchRecord.read(answer.bytes(2), ticket.cohort()));
      case "same" -> new Arrival.Known(held(ticket, answer));
      case "live" -> new Arrival.Occupied(held(ticket, answer));
      default -> throw unexpected(answer);
    };
  }

  private Ending end(Cohort cohort, ParticipantId participant, TicketId ticket, String as) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.CANCEL,
            List.of(keys.ticket(cohort, participant)),
            List.of(
                participant.text(),
                ticket.text(),
                lease.owner().text(),
                as,
                micros(times.keptInPark()),
                keepSeconds()));
    return switch (answer.text(0)) {
      case "done" -> new Ending.Done();
      case "not" -> new Ending.NotWaiting(TicketRecord.state(answer.text(1)));
      case "none" -> new Ending.NoTicket();
      default -> throw unexpected(answer);
    };
  }

  private Optional<HeldTicket> look(Cohort cohort, ParticipantId participant, String passOn) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.LOOK,
            List.of(keys.ticket(cohort, participant)),
            List.of(lease.owner().text(), passOn, micros(times.keptInPark())));
    return answer.text(0).equals("none")
        ? Optional.empty()
        : Optional.of(
            TicketRecord.read(answer.bytes(3), participant, cohort)
                .in(TicketRecord.state(answer.text(2))));
  }

  private static Standing standing(Ticket ticket, ScriptAnswer answer) {
    TicketRecord record = TicketRecord.read(answer.bytes(2), ticket.participant(), ticket.cohort());
    long waited = Long.parseLong(answer.text(1)) - record.rank().micros();
    return new Standing(
        record.rank(), record.attachment(), Duration.ofNanos(Math.max(0, waited) * 1000));
  }

  private static HeldTicket held(Ticket ticket, ScriptAnswer answer) {
    return TicketRecord.read(answer.bytes(3), ticket.participant(), ticket.cohort())
        .in(TicketRecord.state(answer.text(2)));
  }

  /// Until a record goes, whatever state it is left in.
  private String keepSeconds() {
    return Long.toString(times.keptAfterEnd().plus(times.keptInPark()).toSeconds());
  }

  private static IllegalStateException unexpected(ScriptAnswer answer) {
    return new IllegalStateException("script answered '" + answer.text(0) + "'");
  }
}
