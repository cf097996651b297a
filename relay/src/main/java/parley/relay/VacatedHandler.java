package parley.relay;

import java.util.Set;
import parley.domain.NodeId;

/// Tells of an attachment that nobody holds: those who hear of such signs, and who lost its place
/// to it, if that lives elsewhere.
final class VacatedHandler implements Work.AnswerHandler {
  private final Audience audience;
  private final Notice.Signed vacated;
  private final Set<NodeId> before;

  /// @param before the nodes of the members before that attachment
  VacatedHandler(Audience audience, Notice.Signed vacated, Set<NodeId> before) {
    this.audience = audience;
    this.vacated = vacated;
    this.before = before;
  }

  @Override
  public void answered(LogAnswer answer) {
    if (answer instanceof LogAnswer.Signed kept) {
      audience.signed(vacated, kept);
      audience.tell(before, vacated);
    }
  }

  @Override
  public void unavailable() {
    // Every stream ends anyway.
  }
}
