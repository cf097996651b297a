package parley.session.core;

import java.util.List;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.MemberKind;
import parley.domain.Mode;

/// What is known of a session from the start, kept beside it.
///
/// @param kinds of all members, in the order of their numbers
/// @param match follows the match through the logs of all services
public record About(Mode mode, Cohort cohort, List<MemberKind> kinds, CorrelationId match) {
  public About {
    kinds = List.copyOf(kinds);
  }

  static About of(Admission member) {
    return new About(member.mode(), member.cohort(), member.kinds(), member.match());
  }
}
