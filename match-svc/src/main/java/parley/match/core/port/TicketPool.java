package parley.match.core.port;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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

/// All tickets of all nodes, seen from one of them. Each call is one atomic step: no ticket is
/// taken twice, and nobody stands in line who did not look through it in the same step. Calls
/// block, for virtual threads; a call may be repeated.
///
/// Whoever searches looks by the ticket's plan, family by family up to its level; passes over those
/// who refused it, or whom it refused; takes the one with the most shared tags among the heads of
/// the tag queues, then who has no companion, then the one with the lowest rank; and makes both
/// MATCHED, or PROPOSED, as the [Pairing] says. Who has a companion is always asked, and whom they
/// meet counts as having accepted, unless the pool asks both.
///
/// @implSpec every call throws [PoolUnavailable] if the store cannot be reached: the step may or
///   may not have been taken
public interface TicketPool {
  /// Proposals of people with companions pause so long.
  Duration CALM = Duration.ofSeconds(30);

  /// Searches at the level where the ticket's plan begins. Finding nobody, the ticket stands in
  /// line, owned by this node.
  Arrival arrive(Ticket ticket, Pairing pairing);

  /// Enters a ticket again that the store has lost, with the rank, level and attempt it had.
  Arrival arriveAgain(Ticket ticket, Standing before, Pairing pairing);

  /// This node's stream takes the ticket up. Parked, or out of line with an AI peer: it looks and
  /// stands again with its old rank and level, or is taken. Waiting or proposed: it changes hands,
  /// and its older owner is told. Its person has no companion from then on. The ticket's plan must
  /// be made from what [#find] gave.
  Attachment attach(Ticket ticket, Pairing pairing);

  /// As [#attach], for the stream that held it so before: after a loss, or when it was sent back.
  /// Nothing is changed if a newer one has taken it up at another node since.
  Attachment attachAgain(Ticket ticket, Standing before, Pairing pairing);

  /// This node holds the ticket of somebody who talks with an AI peer, without a stream. Parked, or
  /// out of line with that AI peer: it looks and stands again with its old rank, or is taken.
  /// Waiting or proposed: it changes hands. Over if there is no AI peer, or no person is wanted.
  Attachment adopt(Ticket ticket, Pairing pairing);

  /// As [#adopt], for the node that held it so; gives way as [#attachAgain] does.
  Attachment adoptAgain(Ticket ticket, Standing before, Pairing pairing);

  /// Gives the ticket the AI peer that was reserved for it, if it waits here still in this attempt,
  /// welcomes one and has none. [AiWelcome#INSTEAD]: it is MATCHED; [AiWelcome#MEANWHILE]: it waits
  /// on, with a companion.
  Claim claim(Ticket ticket, int attempt, AiPeer peer, SessionId session);

  /// Whether an AI peer may come, from now on. INSTEAD takes a ticket that waits, or is parked,
  /// with a companion out of line: MET. What comes back is taken up by [#adopt]. The ticket as it
  /// is then; empty if it is unknown, foreign, or long over.
  Optional<HeldTicket> wish(
      Cohort cohort, ParticipantId participant, TicketId ticket, AiWelcome welcome);

  /// Takes the level after the one it has, if it waits here at the one before: looks through the
  /// added family alone, and stands there, too. Who stands at that level already stands.
  Relaxation relax(Ticket ticket, Level to, Pairing pairing);

  /// WAITING to PARKED: out of all queues, rank kept. Nothing happens if it is not waiting or
  /// another node owns it.
  void park(Ticket ticket);

  /// WAITING, PARKED or MATCHED to CANCELLED; the owner is told if it is another node. The peer of
  /// a matched one goes back when the match is settled.
  Ending cancel(Cohort cohort, ParticipantId participant, TicketId ticket);

  /// WAITING or PARKED to EXPIRED.
  Ending expire(Cohort cohort, ParticipantId participant, TicketId ticket);

  /// Tells the owner of a waiting ticket, if that is another node, what its person says.
  Ending keep(Cohort cohort, ParticipantId participant, TicketId ticket, Sign sign);

  /// A verdict of one of two who are asked. Both accepted: MATCHED. Declined, or out of time: the
  /// two never meet again; who accepted, or declined, or was not asked to the end is PARKED with
  /// the rank it had and its owner told to take it up; who was silent is CANCELLED, and who
  /// declined too often pauses. Who has a companion keeps it: silent, they are MET with it, and
  /// they decline as often as they like. Withdrawn: the two may meet again. Who was asked to wait
  /// for such people twice in a row is not for [#CALM].
  ProposalOutcome answer(
      Cohort cohort, ParticipantId participant, SessionId proposal, Verdict verdict);

  /// The participant's last ticket.
  Optional<HeldTicket> find(Cohort cohort, ParticipantId participant);

  /// What became of a match. `entered` holds member numbers, 1 and 2. Both: MET, and not paired
  /// again soon. One: it is PARKED with its rank, one attempt later. Who did not enter has EXPIRED.
  /// Repeating changes nothing and answers alike. Of a match with an AI peer only the person has a
  /// ticket; one that waits with it goes on, or, void, is PARKED without it.
  Settlement settle(Cohort cohort, SessionId session, Set<Integer> entered);

  /// Keeps two apart, from now on. Repeating changes nothing.
  void refuse(Cohort cohort, Party by, Party whom);
}
