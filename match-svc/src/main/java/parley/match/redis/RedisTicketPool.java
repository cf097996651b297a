package parley.match.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Ending;
import parley.match.core.HeldTicket;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.Party;
import parley.match.core.ProposalOutcome;
import parley.match.core.Relaxation;
import parley.match.core.SearchPlan;
import parley.match.core.Settlement;
import parley.match.core.Sign;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.Verdict;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketPool;
import parley.match.redis.ScriptRunner.ScriptAnswer;

/// The pool as scripts on Redis: one call each, committed before it is told. Which node this is,
/// and that it lives, its [OwnerLease] says.
public final class RedisTicketPool implements TicketPool {
  /// Each call parks 32 tickets of dead nodes; more than these nobody ever left behind.
  private static final int MOST_REPETITIONS = 100_000;

  /// How many people met lately are remembered, and for how long; how many blocked, and for how
  /// long the pool keeps what it cannot read again.
  private static final String MOST_RECENT = "50";

  private static final String RECENT_SECONDS = seconds(Duration.ofDays(7));
  private static final String MOST_BLOCKS = "1000";
  private static final String BLOCK_SECONDS = seconds(Duration.ofDays(90));

  /// Who declines so often within the time pauses.
  private static final String DECLINES = "3";

  private static final Duration DECLINES_WITHIN = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final OwnerLease lease;
  private final MatchTimes times;
  private final PoolMeters meters;

  RedisTicketPool(
      ScriptRunner scripts, MatchKeys keys, OwnerLease lease, MatchTimes times, PoolMeters meters) {
    this.scripts = scripts;
    this.keys = keys;
    this.lease = lease;
    this.times = times;
    this.meters = meters;
  }

  @Override
  public Arrival arrive(Ticket ticket, Pairing pairing) {
    return arrival(ticket, seek("arrive", ticket, Before.none(ticket), pairing));
  }

  @Override
  public Arrival arriveAgain(Ticket ticket, Standing before, Pairing pairing) {
    return arrival(ticket, seek("arrive", ticket, Before.of(before), pairing));
  }

  @Override
  public Attachment attach(Ticket ticket, Pairing pairing) {
    ScriptAnswer answer = seek("attach", ticket, Before.none(ticket), pairing);
    return switch (answer.text(0)) {
      case "waiting" -> new Attachment.Stood(standing(ticket, answer, 2));
      case "matched" -> new Attachment.Met(match(ticket, answer));
      case "proposed" ->
          new Attachment.Proposed(match(ticket, answer), standing(ticket, answer, 4));
      case "before" -> new Attachment.MetBefore(match(ticket, answer));
      case "over" -> new Attachment.Over(held(ticket, answer));
      case "none" -> new Attachment.NoTicket();
      default -> throw unexpected(answer);
    };
  }

  @Override
  public Relaxation relax(Ticket ticket, Level to, Pairing pairing) {
    ScriptAnswer answer = seek("relax", ticket, Before.reaching(to), pairing);
    return switch (answer.text(0)) {
      case "waiting" -> new Relaxation.Stood(standing(ticket, answer, 2));
      case "matched" -> new Relaxation.Met(match(ticket, answer));
      case "proposed" ->
          new Relaxation.Proposed(match(ticket, answer), standing(ticket, answer, 4));
      case "stale", "none" -> new Relaxation.Stale();
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
  public Ending keep(Cohort cohort, ParticipantId participant, TicketId ticket, Sign sign) {
    String word =
        switch (sign) {
          case STILL_HERE -> "heard";
          case RELAX_NOW -> "relax";
        };
    return look(cohort, participant, word)
        .filter(held -> held.ticket().id().equals(ticket))
        .<Ending>map(
            held ->
                switch (held.state()) {
                  case WAITING, PROPOSED -> new Ending.Done();
                  case PARKED, MATCHED, MET, CANCELLED, EXPIRED ->
                      new Ending.NotWaiting(held.state());
                })
        .orElseGet(Ending.NoTicket::new);
  }

  @Override
  public ProposalOutcome answer(
      Cohort cohort, ParticipantId participant, SessionId proposal, Verdict verdict) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.ANSWER,
            List.of(keys.match(cohort, proposal)),
            List.of(
                participant.text(),
                switch (verdict) {
                  case ACCEPT -> "A";
                  case DECLINE -> "D";
                  case TIME_UP -> "T";
                },
                micros(times.enterWithin()),
                micros(times.settleWithin()),
                micros(times.keptInPark()),
                MOST_BLOCKS,
                BLOCK_SECONDS,
                keepSeconds(),
                DECLINES,
                micros(DECLINES_WITHIN),
                micros(PAUSE)));
    return switch (answer.text(0)) {
      case "answered" -> ProposalOutcome.ANSWERED;
      case "over" -> ProposalOutcome.OVER;
      case "early" -> ProposalOutcome.EARLY;
      default -> throw unexpected(answer);
    };
  }

  @Override
  public Optional<HeldTicket> find(Cohort cohort, ParticipantId participant) {
    return look(cohort, participant, "");
  }

  @Override
  public Settlement settle(Cohort cohort, SessionId session, Set<Integer> entered) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.SETTLE,
            List.of(keys.match(cohort, session)),
            List.of(
                entered.contains(1) ? "1" : "0",
                entered.contains(2) ? "1" : "0",
                micros(times.keptInPark()),
                MOST_RECENT,
                RECENT_SECONDS,
                keepSeconds()));
    return switch (answer.text(0)) {
      case "none" -> new Settlement.NoMatch();
      case "met" -> new Settlement.Met();
      case "nobody" -> new Settlement.NobodyCame();
      case "void" ->
          new Settlement.PeerNeverCame(
              new ParticipantId(answer.text(1)), new TicketId(answer.text(2)));
      default -> throw unexpected(answer);
    };
  }

  @Override
  public void refuse(Cohort cohort, Party by, Party whom) {
    var _ =
        scripts.run(
            MatchScripts.REFUSE,
            List.of(keys.nodes(cohort)),
            List.of(
                by.participant().text(),
                device(by),
                whom.participant().text(),
                device(whom),
                MOST_BLOCKS,
                BLOCK_SECONDS));
  }

  static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  private static String device(Party party) {
    return party.device() == null ? "" : party.device().text();
  }

  /// What a ticket brings into a search.
  private record Before(String level, String rank, String attempt, String relaxed) {
    static Before none(Ticket ticket) {
      return reaching(ticket.plan().start());
    }

    static Before reaching(Level level) {
      return new Before(Integer.toString(level.step()), "", "0", "0000000");
    }

    static Before of(Standing standing) {
      return new Before(
          Integer.toString(standing.level().step()),
          "%016d".formatted(standing.rank().micros()),
          Integer.toString(standing.attempt()),
          "%07d".formatted(standing.relaxed().toMillis()));
    }
  }

  private ScriptAnswer seek(String op, Ticket ticket, Before before, Pairing pairing) {
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
                    LineUp.text(plan),
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
                micros(times.keptInPark()),
                micros(times.enterWithin()),
                micros(times.settleWithin()),
                keepSeconds(),
                switch (pairing.acceptance()) {
                  case AT_ONCE -> "";
                  case BOTH -> micros(times.answerWithin());
                })));
    return arguments;
  }

  private Arrival arrival(Ticket ticket, ScriptAnswer answer) {
    return switch (answer.text(0)) {
      case "waiting" -> new Arrival.Stood(standing(ticket, answer, 2));
      case "matched" -> new Arrival.Met(match(ticket, answer));
      case "proposed" -> new Arrival.Proposed(match(ticket, answer), standing(ticket, answer, 4));
      case "same" -> new Arrival.Known(held(ticket, answer));
      case "live" -> new Arrival.Occupied(held(ticket, answer));
      case "paused" ->
          new Arrival.Paused(
              Duration.ofNanos(
                  (Long.parseLong(answer.text(2)) - Long.parseLong(answer.text(1))) * 1000));
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
      case "not" ->
          new Ending.NotWaiting(
              TicketRecord.state(answer.text(1)), TicketRecord.sessionOf(answer.text(2)));
      case "none" -> new Ending.NoTicket();
      default -> throw unexpected(answer);
    };
  }

  private Optional<HeldTicket> look(Cohort cohort, ParticipantId participant, String word) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.LOOK,
            List.of(keys.ticket(cohort, participant)),
            List.of(lease.owner().text(), word, micros(times.keptInPark())));
    if (answer.text(0).equals("none")) {
      return Optional.empty();
    }
    byte[] match = answer.bytes(4);
    return Optional.of(
        TicketRecord.read(answer.bytes(3), participant, cohort)
            .in(
                TicketRecord.state(answer.text(2)),
                match.length == 0 ? null : MatchRecord.read(match, cohort)));
  }

  /// Where a search left the ticket; it also tells how many it passed over.
  private Standing standing(Ticket ticket, ScriptAnswer answer, int at) {
    meters.passedOver(answer.number(3));
    return TicketRecord.read(answer.bytes(at), ticket.participant(), ticket.cohort())
        .standing(Long.parseLong(answer.text(1)));
  }

  private static Match match(Ticket ticket, ScriptAnswer answer) {
    return MatchRecord.read(answer.bytes(2), ticket.cohort());
  }

  private static HeldTicket held(Ticket ticket, ScriptAnswer answer) {
    return TicketRecord.read(answer.bytes(3), ticket.participant(), ticket.cohort())
        .in(TicketRecord.state(answer.text(2)), null);
  }

  /// Until a record goes, whatever state it is left in.
  private String keepSeconds() {
    return Long.toString(times.keptAfterEnd().plus(times.keptInPark()).toSeconds());
  }

  private static IllegalStateException unexpected(ScriptAnswer answer) {
    return new IllegalStateException("script answered '" + answer.text(0) + "'");
  }
}
