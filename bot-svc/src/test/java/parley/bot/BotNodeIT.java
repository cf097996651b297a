package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Tongue;
import parley.domain.SessionId;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.Room;
import parley.platform.discovery.ServiceName;
import parley.proto.bot.v1.Reserved;
import parley.proto.bot.v1.StepAsideRequest;
import parley.proto.domain.v1.TalkerKind;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.EndReason;
import parley.testing.Eventually;
import parley.testing.LivingThreads;

class BotNodeIT {
  private static final Conduct CONDUCT = Conduct.load();
  private static final Tongue ENGLISH = new Tongue("en", "");

  private final RunningBot bot = new RunningBot();

  @AfterEach
  void close() {
    bot.close();
  }

  @Test
  void whoIsReservedEntersWithItsTokenAndTheGrantAndTalks() {
    var _ = bot.start().house.sessionNode("session-1");
    Reserved reserved = bot.reserve().getReserved();
    assertThat(reserved.getNodeId()).isEqualTo("bot-1");
    assertThat(reserved.getProvider()).isEmpty();
    assertThat(reserved.getTalker()).isEqualTo(TalkerKind.TALKER_KIND_BUILT_IN);
    assertThat(reserved.getHeldFor().getSeconds()).isEqualTo(10);
    SessionId session = SessionId.random(bot.context.random());

    assertThat(bot.invite(reserved, session, "chess").hasInvited()).isTrue();
    assertThat(bot.invite(reserved, session, "chess").hasInvited()).isTrue();

    FakeSession stream = bot.house.next();
    ByteString peer = reserved.getParticipantId();
    assertThat(stream.authorization).isEqualTo("Bearer token-" + peer.byteAt(0));
    assertThat(bot.house.tokens).extracting(request -> request.getParticipantId()).contains(peer);
    assertThat(stream.enter().getSessionId()).isEqualTo(session.text());
    assertThat(stream.enter().getGrant().toStringUtf8()).isEqualTo("grant");
    assertThat(stream.letIn(1, 0).awaitSaid(1).getFirst()).contains("\"chess\"");
    stream.write("Hello there");
    assertThat(stream.awaitSaid(2).getLast()).isEqualTo(CONDUCT.line(FixedLine.GO_ON, ENGLISH, 1));
    Eventually.holds("what it read is told", () -> stream.frames.stream().anyMatch(this::isRead));
    assertThat(stream.frames).anyMatch(ClientFrame::hasTyping);
  }

  @Test
  void whoStepsAsideSaysOneLineAndTheSessionEndsByAnother() {
    var _ = bot.start().house.sessionNode("session-1");
    FakeSession stream = bot.talk();
    assertThat(stream.awaitSaid(1)).hasSize(1);

    var answer =
        bot.calls()
            .stepAside(
                StepAsideRequest.newBuilder().setSessionId(stream.enter().getSessionId()).build());

    assertThat(answer.hasSteppedAside()).isTrue();
    assertThat(stream.said.getLast()).isEqualTo(CONDUCT.line(FixedLine.STEPPING_ASIDE, ENGLISH, 0));
    assertThat(bot.taken()).isEqualTo(1);
    stream.end(EndReason.END_REASON_HUMAN_FOUND);
    Eventually.holds("the place is free", () -> bot.taken() == 0);
    assertThat(bot.counted("parley.bot.conversations.ended", "ending", "human_found")).isOne();
    assertThat(
            bot.calls()
                .stepAside(
                    StepAsideRequest.newBuilder()
                        .setSessionId(stream.enter().getSessionId())
                        .build())
                .hasNoSuchConversation())
        .isTrue();
  }

  @Test
  void aSessionNodeThatDiesIsReplacedByAnotherAndTheTalkGoesOn() {
    Server first = bot.start().house.sessionNode("session-1");
    FakeSession stream = bot.talk();
    assertThat(stream.awaitSaid(1)).hasSize(1);
    var _ = bot.house.sessionNode("session-2");

    first.shutdownNow();

    FakeSession again = bot.house.next();
    assertThat(again.enter().getPass().toStringUtf8()).isEqualTo("pass");
    again.letIn(2, 1).write("Still there?");
    assertThat(again.awaitSaid(1)).hasSize(1);
  }

  @Test
  void aFullNodeSaysSo() {
    bot.with("conversations.most", "2").start();
    assertThat(bot.reserve().hasReserved()).isTrue();
    assertThat(bot.reserve().hasReserved()).isTrue();
    assertThat(bot.reserve().hasFull()).isTrue();
    assertThat(bot.counted("parley.bot.places.asked", "outcome", "full")).isOne();
    try (NodeDirectory directory = NodeDirectory.over(bot.redis)) {
      Eventually.holds("its lease says so", () -> room(directory).equals(List.of(new Room(0))));
    }
  }

  private static List<Room> room(NodeDirectory directory) {
    return directory.list().stream()
        .filter(node -> node.service() == ServiceName.BOT)
        .map(RegisteredNode::room)
        .toList();
  }

  @Test
  void aNodeThatDrainsSaysGoodbyeLeavesAndTakesNobody() {
    var _ = bot.start().house.sessionNode("session-1");
    FakeSession stream = bot.talk();
    assertThat(stream.awaitSaid(1)).hasSize(1);

    bot.node().drain();

    assertThat(stream.said.getLast()).isEqualTo(CONDUCT.line(FixedLine.SHUTDOWN, ENGLISH, 0));
    assertThat(stream.frames).anyMatch(ClientFrame::hasLeave);
    assertThat(bot.taken()).isZero();
    assertThat(bot.reserve().hasRefuses()).isTrue();
    assertThat(bot.counted("parley.bot.conversations.ended", "ending", "shutdown")).isOne();
    try (NodeDirectory directory = NodeDirectory.over(bot.redis)) {
      assertThat(directory.list())
          .filteredOn(node -> node.service() == ServiceName.BOT)
          .extracting(node -> node.state())
          .containsExactly(NodeState.DRAINING);
    }
  }

  @Test
  void closingInTheMiddleOfATalkLeavesNoThread() {
    var _ = bot.start().house.sessionNode("session-1");
    FakeSession stream = bot.talk();
    assertThat(stream.awaitSaid(1)).hasSize(1);

    bot.node().close();

    Eventually.holds("the stream is let go", stream::isGone);
    Eventually.holds("none of its threads is left", () -> LivingThreads.named("bot-1").isEmpty());
  }

  @Test
  void aConversationThatIsLeftFreesItsPlaceForTheNext() {
    var _ = bot.with("conversations.most", "1").start().house.sessionNode("session-1");
    for (EndReason reason : List.of(EndReason.END_REASON_LEFT, EndReason.END_REASON_LOST)) {
      bot.talk().end(reason);
      Eventually.holds("the place is free", () -> bot.taken() == 0);
    }
    assertThat(bot.counted("parley.bot.conversations.ended", "ending", "person_left")).isOne();
    assertThat(bot.counted("parley.bot.conversations.ended", "ending", "person_lost")).isOne();
  }

  private boolean isRead(ClientFrame frame) {
    return frame.hasReceipt() && frame.getReceipt().getReadOffset() > 0;
  }
}
