package parley.match.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.port.Inboxes;

/// Inboxes as a list of sentences.
final class FakeInboxes implements Inboxes {
  final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public void peerNeverCame(ParticipantId who, TicketId ticket, SessionId match) {
    told.add("never came");
  }

  @Override
  public void proposal(Ticket ticket, Match match) {
    told.add("proposal");
  }

  @Override
  public void matched(Ticket ticket, Match match, Companion replaced) {
    told.add("matched");
  }

  @Override
  public void withdrawn(Ticket ticket, SessionId proposal, Looking looking) {
    told.add("withdrawn, " + looking);
  }
}
