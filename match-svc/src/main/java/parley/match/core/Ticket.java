package parley.match.core;

import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.domain.ParticipantId;

/// A request to be matched, as it was made; nothing of it changes. A participant has one live
/// ticket at most.
public record Ticket(
    TicketId id,
    ParticipantId participant,
    DeviceId device,
    Cohort cohort,
    Gender gender,
    Criteria criteria,
    CorrelationId correlation) {

  /// Made anew at each call; [#start] says without it where the ticket begins.
  public SearchPlan plan() {
    return SearchPlan.of(gender, criteria);
  }

  /// The level at which it begins.
  public Level start() {
    return criteria.start();
  }

  /// Where it stands in every line.
  public Side side() {
    return new Side(gender, criteria.seeking());
  }

  /// How far it may relax: as far as its person said, but never less than where it begins.
  public Level widest() {
    return start().compareTo(criteria.widest()) > 0 ? start() : criteria.widest();
  }

  /// Whether both ask for the same: the same request may be sent twice, a changed one may not.
  public boolean asksTheSame(Ticket other) {
    return id.equals(other.id) && criteria.equals(other.criteria);
  }
}
