package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.FakeAttachment;
import parley.client.search.Lookout;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.PeerNeverCame;
import parley.proto.session.v1.ProposalWithdrawn;
import parley.proto.session.v1.Reset;
import parley.proto.session.v1.ServerFrame;

/// A talk with an AI peer, and what comes by the inbox meanwhile.
class InboxTest {
  private final Stage stage = new Stage(Face.NATIVE);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void whatTheAiIsIsTheFirstThatIsHeard() {
    FakeAttachment server = stage.fake.sessions.next();
    server.entered(1, 1);
    server.say(
        ServerFrame.newBuilder()
            .addEnvelopes(
                Envelope.newBuilder()
                    .setPosition(FakeAttachment.at(1))
                    .setDisclosure("this is a program")));
    server.caughtUp(1);
    stage.heard.next(ConversationEvent.Entered.class);
    assertThat(stage.heard.next(ConversationEvent.Disclosure.class).text())
        .isEqualTo("this is a program");
  }

  @Test
  void aPersonIsProposedAndFound() {
    FakeAttachment server = stage.entered();
    tell(
        server,
        1,
        InboxNotice.newBuilder()
            .setProposal(
                ProposalOffered.newBuilder()
                    .setProposalId("p")
                    .setAnswerWithin(Duration.newBuilder().setSeconds(8))));
    tell(
        server,
        2,
        InboxNotice.newBuilder()
            .setMatched(
                Matched.newBuilder()
                    .setSessionId("human")
                    .setGrant(ByteString.copyFromUtf8("sealed"))
                    .setPeerKind(MemberKind.MEMBER_KIND_PERSON)));

    var proposed = stage.heard.next(ConversationEvent.PersonProposed.class);
    assertThat(proposed.offer().getProposalId()).isEqualTo("p");
    assertThat(proposed.answerWithin()).isEqualTo(java.time.Duration.ofSeconds(8));
    var found = stage.heard.next(ConversationEvent.PersonFound.class).match();
    assertThat(found.sessionId()).isEqualTo("human");
    assertThat(found.grant().toStringUtf8()).isEqualTo("sealed");
    assertThat(found.correlationId()).isEqualTo("correlation");
  }

  @Test
  void whatAProposalCameToIsTold() {
    FakeAttachment server = stage.entered();
    tell(server, 1, withdrawn("p").setProposalWithdrawn(over("p", true)));
    tell(server, 2, withdrawn("q").setProposalWithdrawn(over("q", false)));
    assertThat(stage.heard.next(ConversationEvent.ProposalWithdrawn.class))
        .isEqualTo(new ConversationEvent.ProposalWithdrawn("p", Lookout.KEPT));
    assertThat(stage.heard.next(ConversationEvent.ProposalWithdrawn.class))
        .isEqualTo(new ConversationEvent.ProposalWithdrawn("q", Lookout.RESTS));
  }

  @Test
  void nothingOfTheInboxIsToldTwice() {
    FakeAttachment first = stage.entered();
    assertThat(first.enter().hasInboxPosition()).isFalse();
    tell(first, 7, withdrawn("p"));
    stage.heard.next(ConversationEvent.ProposalWithdrawn.class);
    first.cut(Status.UNAVAILABLE);
    FakeAttachment second = stage.fake.sessions.next();
    assertThat(second.enter().getInboxPosition()).isEqualTo(FakeAttachment.at(7));
    second.letIn(1, 0);
    second.say(
        ServerFrame.newBuilder()
            .setChannel(Channel.CHANNEL_INBOX)
            .setReset(Reset.newBuilder().setResumeAt(FakeAttachment.at(2))));
    tell(second, 3, InboxNotice.newBuilder().setPeerNeverCame(PeerNeverCame.getDefaultInstance()));
    second.end(EndReason.END_REASON_DRAIN, Next.NEXT_RESUME);

    assertThat(stage.fake.sessions.next().enter().getInboxPosition())
        .isEqualTo(FakeAttachment.at(3));
    try (Conversation later = stage.open(Stage.fresh())) {
      assertThat(stage.fake.sessions.next().enter().getInboxPosition())
          .as("another conversation, the same inbox")
          .isEqualTo(FakeAttachment.at(3));
      assertThat(later.state().sessionId()).isEqualTo("s".repeat(22));
    }
  }

  @Test
  void theInboxIsReadOnAfterAReload() {
    FakeAttachment server = stage.entered();
    tell(server, 7, withdrawn("p"));
    stage.heard.next(ConversationEvent.ProposalWithdrawn.class);
    stage.talk.close();
    ConversationState kept = stage.talk.state();
    try (var other = stage.fake.guest();
        Conversation _ = Conversation.open(stage.fake.door, other, kept, _ -> {})) {
      assertThat(stage.fake.sessions.next().enter().getInboxPosition())
          .isEqualTo(FakeAttachment.at(7));
    }
  }

  @Test
  void whoseAiIsLostLooksAgain() {
    FakeAttachment server = stage.entered();
    server.end(EndReason.END_REASON_LOST, Next.NEXT_START_OVER);
    var ended = stage.heard.next(ConversationEvent.Ended.class);
    assertThat(ended.ending()).isEqualTo(ConversationEnding.LOST);
    assertThat(ended.next()).isEqualTo(ConversationEvent.WhatNext.START_OVER);
  }

  private static InboxNotice.Builder withdrawn(String proposal) {
    return InboxNotice.newBuilder().setProposalWithdrawn(over(proposal, true));
  }

  private static ProposalWithdrawn over(String proposal, boolean stillLooking) {
    return ProposalWithdrawn.newBuilder()
        .setProposalId(proposal)
        .setStillLooking(stillLooking)
        .build();
  }

  private static void tell(FakeAttachment server, int offset, InboxNotice.Builder notice) {
    server.say(
        ServerFrame.newBuilder()
            .setChannel(Channel.CHANNEL_INBOX)
            .addEnvelopes(
                Envelope.newBuilder().setPosition(FakeAttachment.at(offset)).setNotice(notice)));
  }
}
