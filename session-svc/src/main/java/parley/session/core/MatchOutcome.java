package parley.session.core;

import java.util.List;
import parley.domain.SessionId;

/// What became of a match.
///
/// @param entered numbers of the members who entered
public record MatchOutcome(SessionId session, About about, List<Integer> entered) {
  public MatchOutcome {
    entered = List.copyOf(entered);
  }
}
