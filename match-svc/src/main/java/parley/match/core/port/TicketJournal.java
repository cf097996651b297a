package parley.match.core.port;

import java.util.Map;
import parley.match.core.FallbackOutcome;
import parley.match.core.Match;
import parley.match.core.PoolAndLevel;
import parley.match.core.Settlement;
import parley.match.core.SwitchOutcome;
import parley.match.core.Ticket;
import parley.match.core.TicketState;

/// Where it is written down what became of tickets, for operators. Called by any thread; does not
/// block.
public interface TicketJournal {
  void made(Ticket ticket);

  /// Once by each owner.
  void matched(Ticket ticket, Match match);

  /// Once by each owner.
  void proposed(Ticket ticket, Match match);

  /// Once for each time that an AI peer was asked for, and once for what came of it.
  void fallback(Ticket ticket, FallbackOutcome outcome);

  /// A person was proposed to somebody who talks with an AI peer, and what came of it.
  void switched(SwitchOutcome outcome);

  /// The ticket is over without a match, or parked.
  void ended(Ticket ticket, TicketState state);

  /// A match was settled; may be told again.
  void settled(Settlement settlement);

  /// How many stand at this node now.
  void waiting(Map<PoolAndLevel, Integer> levels);
}
