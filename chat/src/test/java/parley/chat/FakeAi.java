package parley.chat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Position;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.Member;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.Presence;
import parley.proto.session.v1.ProposalWithdrawn;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Stored;
import parley.proto.session.v1.TextOutcome;

/// An AI that says what it is; `person` makes the inbox ask, `gone` loses the AI, `goodbye` makes
/// it leave. Whoever has accepted a proposal enters to a person next.
final class FakeAi extends SessionServiceGrpc.SessionServiceImplBase {
  final List<Enter> entries = new CopyOnWriteArrayList<>();
  private volatile StreamObserver<ServerFrame> last;
  private int told;

  @Override
  public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> down) {
    last = down;
    return new Talk(down);
  }

  /// What match-svc does with an answer.
  void answered(ProposalAnswer answer) {
    if (answer == ProposalAnswer.PROPOSAL_ANSWER_ACCEPT) {
      tell(
          InboxNotice.newBuilder()
              .setMatched(
                  Matched.newBuilder()
                      .setSessionId("h".repeat(22))
                      .setGrant(ByteString.copyFromUtf8("replaces"))
                      .setPeerKind(MemberKind.MEMBER_KIND_PERSON)));
    } else {
      withdraw(true);
    }
  }

  void withdraw(boolean stillLooking) {
    tell(
        InboxNotice.newBuilder()
            .setProposalWithdrawn(
                ProposalWithdrawn.newBuilder()
                    .setProposalId("p".repeat(22))
                    .setStillLooking(stillLooking)));
  }

  private void tell(InboxNotice.Builder notice) {
    told++;
    last.onNext(
        ServerFrame.newBuilder()
            .setChannel(Channel.CHANNEL_INBOX)
            .addEnvelopes(Envelope.newBuilder().setPosition(at(told)).setNotice(notice))
            .build());
  }

  private static Position at(int offset) {
    return Position.newBuilder().setEpoch(1).setOffset(offset).setCheck(offset).build();
  }

  /// One stream.
  private final class Talk implements StreamObserver<ClientFrame> {
    private final StreamObserver<ServerFrame> down;
    private int offset;

    Talk(StreamObserver<ServerFrame> down) {
      this.down = down;
    }

    @Override
    public void onNext(ClientFrame frame) {
      switch (frame.getFrameCase()) {
        case ENTER -> enter(frame.getEnter());
        case TEXT -> hear(frame.getText().getSequence(), frame.getText().getText());
        case LEAVE -> end(EndReason.END_REASON_YOU_LEFT, Next.NEXT_STOP);
        default -> {
          // Nothing to say.
        }
      }
    }

    private void enter(Enter enter) {
      entries.add(enter);
      boolean ai = !enter.getGrant().toStringUtf8().equals("replaces");
      MemberKind kind = ai ? MemberKind.MEMBER_KIND_AI : MemberKind.MEMBER_KIND_PERSON;
      Position tip = at(ai ? 1 : 0);
      say(
          ServerFrame.newBuilder()
              .setEntered(
                  Entered.newBuilder()
                      .setSessionId(enter.getSessionId())
                      .setMemberId(1)
                      .addMembers(
                          Member.newBuilder()
                              .setMemberId(2)
                              .setKind(kind)
                              .setPresence(Presence.PRESENCE_HERE))
                      .setNextSequence(1)
                      .setPass(ByteString.copyFromUtf8("pass"))
                      .setTip(tip)));
      if (ai) {
        say(
            ServerFrame.newBuilder()
                .addEnvelopes(
                    Envelope.newBuilder().setPosition(at(++offset)).setDisclosure("I am an AI")));
      }
      say(ServerFrame.newBuilder().setCaughtUp(CaughtUp.newBuilder().setPosition(tip)));
    }

    private void hear(int sequence, String text) {
      say(
          ServerFrame.newBuilder()
              .addOutcomes(
                  TextOutcome.newBuilder()
                      .setSequence(sequence)
                      .setStored(Stored.newBuilder().setPosition(at(++offset)))));
      switch (text) {
        case "person" ->
            tell(
                InboxNotice.newBuilder()
                    .setProposal(
                        ProposalOffered.newBuilder()
                            .setProposalId("p".repeat(22))
                            .setReplacesCompanion(true)
                            .setAnswerWithin(Duration.newBuilder().setSeconds(8))));
        case "gone" -> end(EndReason.END_REASON_LOST, Next.NEXT_START_OVER);
        case "goodbye" -> end(EndReason.END_REASON_LEFT, Next.NEXT_STOP);
        default ->
            say(
                ServerFrame.newBuilder()
                    .addEnvelopes(
                        Envelope.newBuilder()
                            .setPosition(at(++offset))
                            .setMemberId(2)
                            .setKind(MemberKind.MEMBER_KIND_AI)
                            .setText("you said " + text)));
      }
    }

    private void end(EndReason reason, Next next) {
      say(ServerFrame.newBuilder().setEnd(End.newBuilder().setReason(reason).setNext(next)));
      down.onCompleted();
    }

    private void say(ServerFrame.Builder frame) {
      down.onNext(frame.build());
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {}
  }
}
