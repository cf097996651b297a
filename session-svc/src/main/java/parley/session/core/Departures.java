package parley.session.core;

import java.util.Optional;
import java.util.function.Consumer;
import parley.domain.MemberKind;
import parley.relay.EvidenceRule;
import parley.relay.LogUnavailable;
import parley.relay.Report;
import parley.relay.ReportAnswer;
import parley.relay.SessionFacts;
import parley.relay.Who;

/// How a member goes for good: leaves, blocks, reports. To the others all look alike, because all
/// close the session the same way, at once. For virtual threads; may be repeated, also after the
/// end.
public final class Departures {
  private final StreamServices services;

  Departures(StreamServices services) {
    this.services = services;
  }

  /// Ends the session for everybody; ended already, nothing happens. False if the log cannot be
  /// reached.
  public boolean leave(Admission member) {
    Optional<Optional<SessionFacts>> before = look(member);
    return before.isPresent()
        && before.get().map(facts -> !facts.state().open() || close(member)).orElse(true);
  }

  /// Leaves, and keeps the two apart from the answer on. The one who is blocked sees what it would
  /// see had the other just left.
  public BlockResult block(Admission member, int whom) {
    Optional<Optional<SessionFacts>> facts = look(member);
    if (facts.isEmpty()) {
      return BlockResult.UNAVAILABLE;
    }
    Optional<Who> other =
        facts.get().filter(_ -> whom != member.member()).map(found -> found.who().get(whom));
    if (other.isEmpty()) {
      return BlockResult.NO_SUCH_MEMBER;
    }
    boolean done = leave(member) && refused(member, whom, other.get());
    return done ? BlockResult.BLOCKED : BlockResult.UNAVAILABLE;
  }

  /// The same AI does not come again anyway: each conversation has its own.
  private boolean refused(Admission member, int whom, Who other) {
    return member.kindOf(whom) == MemberKind.AI
        || services.ports().refusals().refuse(member.cohort(), member.who(), other);
  }

  /// Keeps what the reported member said last, then leaves.
  public ReportResult report(Admission member, Complaint complaint) {
    boolean isPeer =
        complaint.whom() >= 1
            && complaint.whom() <= member.kinds().size()
            && complaint.whom() != member.member();
    if (!isPeer) {
      return ReportResult.NO_SUCH_MEMBER;
    }
    ReportResult result = kept(member, complaint);
    return result == ReportResult.REPORTED && !leave(member) ? ReportResult.UNAVAILABLE : result;
  }

  private ReportResult kept(Admission member, Complaint complaint) {
    Report report =
        new Report(
            member.session(),
            complaint.idBy(member),
            member.member(),
            complaint.whom(),
            services.ports().bodies().encode(complaint),
            EvidenceRule.DEFAULTS);
    try {
      ReportAnswer answer = services.ports().history().report(report);
      services.ports().journal().reported(member, answer);
      return switch (answer) {
        case REPORTED -> ReportResult.REPORTED;
        case TEXT_GONE -> ReportResult.TEXT_GONE;
        case NEVER_ENTERED -> ReportResult.NO_SUCH_MEMBER;
        case TOO_MANY -> ReportResult.TOO_MANY;
        case FULL -> ReportResult.UNAVAILABLE;
      };
    } catch (LogUnavailable unknown) {
      return ReportResult.UNAVAILABLE;
    }
  }

  private boolean close(Admission member) {
    Waiting.ForFacts reply = new Waiting.ForFacts();
    services.relay().close(member.session(), CloseReason.LEFT.by(member.member()), reply);
    Optional<Optional<SessionFacts>> answer = reply.await();
    services.errands().left(member);
    answer.ifPresent(facts -> facts.ifPresent(closed(member)));
    return answer.isPresent();
  }

  /// Who closes first has left.
  private Consumer<SessionFacts> closed(Admission member) {
    return facts -> {
      if (CloseReason.LEFT.by(member.member()).equals(facts.closing())) {
        services.ports().journal().left(member);
      }
    };
  }

  private Optional<Optional<SessionFacts>> look(Admission member) {
    Waiting.ForFacts reply = new Waiting.ForFacts();
    services.relay().look(member.session(), reply);
    return reply.await();
  }
}
