package parley.client.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.Awaited;
import parley.client.fake.FakeDoor;
import parley.client.identity.Identity;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.Kept;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.NoSuchTicket;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketNotWaiting;
import parley.proto.match.v1.TicketState;

class CompanionshipTest {
  private static final String TICKET = "t".repeat(22);

  private final FakeDoor fake = new FakeDoor(Face.NATIVE);
  private final Identity me = fake.guest();
  private final BlockingQueue<Lookout> told = new LinkedBlockingQueue<>();
  private Companionship companionship;

  @AfterEach
  void close() {
    companionship.close();
    me.close();
    fake.close();
  }

  @Test
  void aTicketThatStaysInLineIsKeptAliveWhileTheTwoTalk() {
    begin(true, Duration.ofMillis(5));
    for (int i = 0; i < 3; i++) {
      KeepWaitingRequest sign = nextKept();
      assertThat(sign.getTicketId()).isEqualTo(TICKET);
      assertThat(sign.getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_UNSPECIFIED);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void whoGoesOutOfLineGivesNoSignsUntilTheyGoBack() {
    begin(true, Duration.ofMillis(5));
    nextKept();
    companionship.rest();
    assertThat(Awaited.from(told, "a lookout")).isEqualTo(Lookout.RESTS);
    fake.matches.kept.clear();

    companionship.keepLooking();

    assertThat(nextKept().getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_MEANWHILE);
    assertThat(Awaited.from(told, "a lookout")).isEqualTo(Lookout.KEPT);
    assertThat(nextKept().getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_UNSPECIFIED);
  }

  @Test
  void whoIsOutOfLineFromTheStartGivesNoSigns() {
    begin(false, Duration.ofMillis(1));
    for (int i = 0; i < 3; i++) {
      companionship.rest();
      assertThat(nextKept().getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_INSTEAD);
    }
    companionship.keepLooking();
    assertThat(nextKept().getAiWelcome()).isEqualTo(AiWelcome.AI_WELCOME_MEANWHILE);
  }

  @Test
  void aSilentAnswerTakesTheTicketOutOfLine() {
    begin(true, Duration.ofHours(1));
    companionship.withdrawn(Lookout.RESTS);
    assertThat(Awaited.from(told, "a lookout")).isEqualTo(Lookout.RESTS);
    companionship.withdrawn(Lookout.RESTS);
    companionship.keepLooking();
    assertThat(Awaited.from(told, "a lookout")).as("told once").isEqualTo(Lookout.KEPT);
  }

  @Test
  void aTicketThatIsOverIsToldOnceAndKeptNoLonger() {
    begin(true, Duration.ofMillis(5));
    fake.matches.keepAnswer =
        KeepWaitingResponse.newBuilder().setNoSuchTicket(NoSuchTicket.getDefaultInstance()).build();
    assertThat(Awaited.from(told, "a lookout")).isEqualTo(Lookout.OVER);
    companionship.rest();
    assertThat(nextWish()).isEqualTo(AiWelcome.AI_WELCOME_INSTEAD);
    assertThat(told).isEmpty();
  }

  @Test
  void whileAPersonIsAskedNothingChanges() {
    fake.matches.keepAnswer = notWaiting(TicketState.TICKET_STATE_PROPOSED);
    begin(true, Duration.ofMillis(5));
    nextKept();
    nextKept();
    assertThat(told).isEmpty();
    fake.matches.keepAnswer = notWaiting(TicketState.TICKET_STATE_MET);
    assertThat(Awaited.from(told, "a lookout")).isEqualTo(Lookout.RESTS);
    fake.matches.keepAnswer =
        KeepWaitingResponse.newBuilder().setKept(Kept.getDefaultInstance()).build();
  }

  @Test
  void anAnswerGoesToTheProposalThatAsked() {
    begin(true, Duration.ofHours(1));
    ProposalOffered offer = ProposalOffered.newBuilder().setProposalId("p".repeat(22)).build();
    companionship.answer(offer, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
    var answered = Awaited.from(fake.matches.answers, "an answer");
    assertThat(answered.getProposalId()).isEqualTo("p".repeat(22));
    assertThat(answered.getAnswer()).isEqualTo(ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
  }

  private void begin(boolean keepsLooking, Duration every) {
    Matched matched =
        Matched.newBuilder()
            .setSessionId("s".repeat(22))
            .setGrant(ByteString.copyFromUtf8("grant"))
            .setPeerKind(MemberKind.MEMBER_KIND_AI)
            .setKeepsLooking(keepsLooking)
            .build();
    Match match = Match.of(matched, TICKET, every, "correlation");
    companionship = Companionship.begin(fake.door, me, match, told::add);
  }

  private KeepWaitingRequest nextKept() {
    return Awaited.from(fake.matches.kept, "KeepWaiting");
  }

  /// Passes over signs of life.
  private AiWelcome nextWish() {
    AiWelcome wish = nextKept().getAiWelcome();
    while (wish == AiWelcome.AI_WELCOME_UNSPECIFIED) {
      wish = nextKept().getAiWelcome();
    }
    return wish;
  }

  private static KeepWaitingResponse notWaiting(TicketState state) {
    return KeepWaitingResponse.newBuilder()
        .setNotWaiting(TicketNotWaiting.newBuilder().setState(state))
        .build();
  }
}
