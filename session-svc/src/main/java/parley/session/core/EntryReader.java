package parley.session.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.relay.Closing;
import parley.relay.History;
import parley.relay.LogEntry;
import parley.relay.OutboxEntry;
import parley.relay.Who;
import parley.session.core.port.Bodies;

/// What entries of the outbox say, as it is to be kept. Throws [IllegalArgumentException] for what
/// cannot be understood.
public final class EntryReader {
  private final Bodies bodies;
  private final History history;

  public EntryReader(Bodies bodies, History history) {
    this.bodies = bodies;
    this.history = history;
  }

  /// One for each session: what was told last of it.
  List<LastingSession> sessions(List<OutboxEntry> entries) {
    record Name(SessionId id, Instant made) {}
    Map<Name, LastingSession> folded = new LinkedHashMap<>();
    for (OutboxEntry entry : entries) {
      folded.merge(
          new Name(entry.session(), entry.made()),
          session(entry),
          (before, after) -> after.end() == null ? before : after);
    }
    return List.copyOf(folded.values());
  }

  /// With the evidence that is kept for it. Blocks.
  LastingReport report(OutboxEntry entry) {
    OutboxEntry.Reported reported = reported(entry);
    Complaint complaint = bodies.complaint(reported.whom(), reported.about());
    return new LastingReport(
        reported.id(),
        entry.at(),
        entry.session(),
        who(entry, reported.by()),
        who(entry, reported.whom()),
        complaint.reason().name().toLowerCase(Locale.ROOT),
        complaint.comment(),
        history.evidence(entry.session(), reported.id()).stream().map(this::piece).toList());
  }

  /// The evidence of this report is kept elsewhere now. Blocks.
  void release(OutboxEntry entry) {
    history.release(entry.session(), reported(entry).id());
  }

  /// Nobody will ever keep this report: forgets its evidence, but not before this moment. Blocks.
  boolean giveUp(OutboxEntry entry, Instant notBefore) {
    return history.giveUp(entry.session(), reported(entry).id(), notBefore);
  }

  private LastingSession session(OutboxEntry entry) {
    Closing closing = entry.closing();
    return new LastingSession(
        entry.session(),
        entry.made(),
        bodies.about(entry.about()),
        entry.who(),
        closing == null
            ? null
            : new LastingSession.End(entry.at(), CloseReason.word(closing), closing.by()));
  }

  private LastingReport.Piece piece(LogEntry entry) {
    @Nullable String words =
        switch (bodies.decode(entry.body())) {
          case Content.Text(String text) -> text;
          case Content.Disclosure(String text) -> text;
          case Content.PeerNeverCame _, Content.PassedOn _, Content.Unknown _ -> null;
        };
    return new LastingReport.Piece(entry.offset(), entry.member(), entry.at(), words, entry.body());
  }

  private static OutboxEntry.Reported reported(OutboxEntry entry) {
    return Objects.requireNonNull(entry.reported(), "report without what was reported");
  }

  private static Who who(OutboxEntry entry, int member) {
    Who who = entry.who().get(member);
    if (who == null) {
      throw new IllegalArgumentException("member " + member + " of a report never entered");
    }
    return who;
  }
}
