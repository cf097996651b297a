package parley.match.core.port;

import java.util.Optional;
import java.util.Set;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Census;
import parley.match.core.Ending;
import parley.match.core.HeldTicket;
import parley.match.core.Pool;
import parley.match.core.Rank;
import parley.match.core.Ticket;
import parley.match.core.TicketId;

/// All tickets of all nodes, seen from one of them. Each call is one atomic step: no ticket is
/// taken twice, and nobody stands in line who did not look through it in the same step. Calls
/// block, for virtual threads; a call may be repeated.
///
/// @implSpec every call throws [PoolUnavailable] if the store cannot be reached: the step may or
///   may not have been taken
public interface TicketPool {
  /// Looks for a peer by the ticket's plan, family by family; takes the one with the most shared
  /// tags among the heads of the tag queues, else the one with the lowest rank, and makes both
  /// MATCHED under `session`. Finding nobody, the ticket stands in line, owned by this node.
  Arrival arrive(Ticket ticket, SessionId session);

  /// Enters a ticket again that the store has lost, with the rank it had.
  Arrival arriveAgain(Ticket ticket, Rank rank, SessionId session);

  /// This node's stream takes the ticket up. Parked: it looks and stands again with its old rank,
  /// or is matched. Waiting: it changes hands, and its older owner is told. The ticket's plan must
  /// be made from what [#find] gave.
  Attachment attach(Ticket ticket, SessionId session);

  /// WAITING to PARKED: out of all queues, rank kept. Nothing happens if it is not waiting or
  /// another node owns it.
  void park(Ticket ticket);

  /// WAITING or PARKED to CANCELLED; the owner is told if it is another node.
  Ending cancel(Cohort cohort, ParticipantId participant, TicketId ticket);

  /// WAITING or PARKED to EXPIRED.
  Ending expire(Cohort cohort, ParticipantId participant, TicketId ticket);

  /// Tells the owner of a waiting ticket that its person is there.
  Ending keep(Cohort cohort, ParticipantId participant, TicketId ticket);

  /// The participant's last ticket.
  Optional<HeldTicket> find(Cohort cohort, ParticipantId participant);

  /// Ends both tickets of a match: who entered has met, who did not has expired. `entered` holds
  /// member numbers, 1 and 2. Repeating changes nothing. False if no such match is known.
  boolean settle(Cohort cohort, SessionId session, Set<Integer> entered);

  /// How many wait in one pool, and since when.
  Census census(Cohort cohort, Pool pool);
}
