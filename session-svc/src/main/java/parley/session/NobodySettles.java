package parley.session;

import parley.domain.SessionId;
import parley.session.core.MatchOutcome;
import parley.session.core.port.Settlement;

/// For sessions that no match was made for.
final class NobodySettles implements Settlement {
  @Override
  public boolean settle(MatchOutcome outcome) {
    return true;
  }

  @Override
  public void unreadable(SessionId session) {}
}
