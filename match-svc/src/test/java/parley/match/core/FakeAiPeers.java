package parley.match.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.TalkerKind;
import parley.match.core.port.AiPeers;

/// A bot-svc that answers as it is told, and takes everybody otherwise.
final class FakeAiPeers implements AiPeers {
  final Queue<Reservation> answers = new ArrayDeque<>();
  final Queue<Invitation> sending = new ArrayDeque<>();
  final List<AiMatch> sent = new CopyOnWriteArrayList<>();
  final List<Companion> steppedAside = new CopyOnWriteArrayList<>();
  private final SplittableRandom random = new SplittableRandom(3);
  int asked;

  @Override
  public Reservation reserve(TicketId ticket) {
    asked++;
    return answers.isEmpty() ? new Reservation.Reserved(peer()) : answers.remove();
  }

  @Override
  public Invitation invite(AiMatch match) {
    sent.add(match);
    return sending.isEmpty() ? Invitation.SENT : sending.remove();
  }

  @Override
  public void stepAside(Companion companion) {
    steppedAside.add(companion);
  }

  private AiPeer peer() {
    return new AiPeer(
        ParticipantId.random(random), new NodeId("bot-1"), "reservation", TalkerKind.MODEL, "");
  }
}
