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
import parley.match.core.AiPeer;
import parley.match.core.AiWelcome;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Claim;
import parley.match.core.Ending;
import parley.match.core.HeldTicket;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.Party;
import parley.match.core.ProposalOutcome;
import parley.match.core.Relaxation;
import parley.match.core.Settlement;
import parley.match.core.Sign;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.Verdict;
import parley.match.core.port.TicketPool;
import parley.match.redis.ScriptRunner.ScriptAnswer;

/// The pool as scripts on Redis: one call each, committed before it is told. Which node this is,
/// and that it lives, its [OwnerLease] says.
public final class RedisTicketPool implements TicketPool {
  /// Who declines so often within the time pauses.
  private static final String DECLINES = "3";

  private static final Duration DECLINES_WITHIN = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final OwnerLease lease;
  private final MatchTimes times;
  private final PoolMeters meters;
  private final SeekScript seeking;

  RedisTicketPool(
      ScriptRunner scripts, MatchKeys keys, OwnerLease lease, MatchTimes times, PoolMeters meters) {
    this.scripts = scripts;
    this.keys = keys;
    this.lease = lease;
    this.times = times;
    this.meters = meters;
    this.seeking = new SeekScript(scripts, keys, lease, times);
  }

  @Override
  public Arrival arrive(Ticket ticket, Pairing pairing) {
    return arrival(ticket, seeking.run("arrive", ticket, SeekScript.Before.none(ticket), pairing));
  }

  @Override
  public Arrival arriveAgain(Ticket ticket, Standing before, Pairing pairing) {
    return arrival(ticket, seeking.run("arrive", ticket, SeekScript.Before.of(before), pairing));
  }

  @Override
  public Attachment attach(Ticket ticket, Pairing pairing) {
    return attachment(
        ticket, seeking.run("attach", ticket, SeekScript.Before.none(ticket), pairing));
  }

  @Override
  public Attachment attachAgain(Ticket ticket, Standing before, Pairing pairing) {
    return attachment(ticket, seeking.run("attach", ticket, SeekScript.Before.of(before), pairing));
  }

  @Override
  public Attachment adopt(Ticket ticket, Pairing pairing) {
    return attachment(
        ticket, seeking.run("adopt", ticket, SeekScript.Before.none(ticket), pairing));
  }

  @Override
  public Attachment adoptAgain(Ticket ticket, Standing before, Pairing pairing) {
    return attachment(ticket, seeking.run("adopt", ticket, SeekScript.Before.of(before), pairing));
  }

  private Attachment attachment(Ticket ticket, ScriptAnswer answer) {
    return switch (answer.text(0)) {
      case "waiting" -> new Attachment.Stood(standing(ticket, answer, 2));
      case "matched" -> new Attachment.Met(match(ticket, answer));
      case "proposed" ->
          new Attachment.Proposed(match(ticket, answer), standing(ticket, answer, 4));
      case "before" ->
          MatchRecord.isWithAi(answer.bytes(2))
              ? new Attachment.MetAiBefore(MatchRecord.readAi(answer.bytes(2), ticket.cohort()))
              : new Attachment.MetBefore(match(ticket, answer));
      case "moved" -> new Attachment.Moved();
      case "over" -> new Attachment.Over(held(ticket, answer));
      case "none" -> new Attachment.NoTicket();
      default -> throw unexpected(answer);
    };
  }

  @Override
  public Relaxation relax(Ticket ticket, Level to, Pairing pairing) {
    ScriptAnswer answer =
        seeking.run("relax", ticket, SeekScript.Before.reaching(ticket, to), pairing);
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
  public Claim claim(Ticket ticket, int attempt, AiPeer peer, SessionId session) {
    List<byte[]> arguments =
        new ArrayList<>(
            ScriptRunner.bytes(
                Stream.of(
                    ticket.participant().text(),
                    ticket.id().text(),
                    lease.owner().text(),
                    lease.gen(ticket.cohort()),
                    Integer.toString(attempt),
                    session.text(),
                    peer.participant().text(),
                    peer.node().text())));
    arguments.add(MatchRecord.write(peer));
    arguments.addAll(
        ScriptRunner.bytes(
            Stream.of(micros(times.enterWithin()), micros(times.settleWithin()), keepSeconds())));
    ScriptAnswer answer =
        scripts.runBytes(
            MatchScripts.CLAIM,
            List.of(
                keys.ticket(ticket.cohort(), ticket.participant()), keys.nodes(ticket.cohort())),
            arguments);
    return switch (answer.text(0)) {
      case "claimed" ->
          new Claim.Claimed(
              MatchRecord.readAi(answer.bytes(2), ticket.cohort())
                  .welcomed(AiText.welcome(answer.text(1))));
      case "lost" -> new Claim.Lost();
      default -> throw unexpected(answer);
    };
  }

  @Override
  public Optional<HeldTicket> wish(
      Cohort cohort, ParticipantId participant, TicketId ticket, AiWelcome welcome) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.WISH,
            List.of(keys.ticket(cohort, participant)),
            List.of(
                participant.text(),
                ticket.text(),
                lease.owner().text(),
                AiText.letter(welcome),
                micros(times.keptInPark()),
                keepSeconds()));
    return found(answer, participant, cohort);
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
    return look(cohort, participant, word, ticket.text())
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
                  case WITHDRAW -> "W";
                  case TIME_UP -> "T";
                },
                micros(times.enterWithin()),
                micros(times.settleWithin()),
                micros(times.keptInPark()),
                RefusalList.DECLINED.most(),
                RefusalList.DECLINED.seconds(),
                keepSeconds(),
                DECLINES,
                micros(DECLINES_WITHIN),
                micros(PAUSE),
                micros(CALM)));
    return switch (answer.text(0)) {
      case "answered" -> ProposalOutcome.ANSWERED;
      case "over" -> ProposalOutcome.OVER;
      case "early" -> ProposalOutcome.EARLY;
      default -> throw unexpected(answer);
    };
  }

  @Override
  public Optional<HeldTicket> find(Cohort cohort, ParticipantId participant) {
    return look(cohort, participant, "", "");
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
                RefusalList.MET.most(),
                RefusalList.MET.seconds(),
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
                RefusalList.BLOCKED.most(),
                RefusalList.BLOCKED.seconds()));
  }

  static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }

  private static String device(Party party) {
    return party.device() == null ? "" : party.device().text();
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

  /// @param ticket the only one that the word is passed on for
  private Optional<HeldTicket> look(
      Cohort cohort, ParticipantId participant, String word, String ticket) {
    ScriptAnswer answer =
        scripts.run(
            MatchScripts.LOOK,
            List.of(keys.ticket(cohort, participant)),
            List.of(lease.owner().text(), word, ticket, micros(times.keptInPark())));
    return found(answer, participant, cohort);
  }

  private static Optional<HeldTicket> found(
      ScriptAnswer answer, ParticipantId participant, Cohort cohort) {
    return answer.text(0).equals("none")
        ? Optional.empty()
        : Optional.of(
            TicketRecord.read(answer.bytes(3), participant, cohort)
                .in(TicketRecord.state(answer.text(2)), answer.bytes(4)));
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
        .in(TicketRecord.state(answer.text(2)), new byte[0]);
  }

  private String keepSeconds() {
    return SeekScript.keepSeconds(times);
  }

  private static IllegalStateException unexpected(ScriptAnswer answer) {
    return new IllegalStateException("script answered '" + answer.text(0) + "'");
  }
}
