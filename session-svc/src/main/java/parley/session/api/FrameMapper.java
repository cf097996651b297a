package parley.session.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import parley.domain.MemberKind;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.ProtoTimes;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.ContentDiffers;
import parley.proto.session.v1.Duplicate;
import parley.proto.session.v1.End;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Heartbeat;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.Limits;
import parley.proto.session.v1.Member;
import parley.proto.session.v1.MemberChange;
import parley.proto.session.v1.NotOpen;
import parley.proto.session.v1.NotPlainText;
import parley.proto.session.v1.OutOfOrder;
import parley.proto.session.v1.PeerNeverCame;
import parley.proto.session.v1.PeerTyping;
import parley.proto.session.v1.ReceiptNotice;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.Reset;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.StaleAttachment;
import parley.proto.session.v1.Stored;
import parley.proto.session.v1.TooFast;
import parley.proto.session.v1.TooLong;
import parley.relay.Body;
import parley.relay.Receipt;
import parley.relay.ResetReason;
import parley.session.core.Admission;
import parley.session.core.Content;
import parley.session.core.EndReason;
import parley.session.core.Envelope;
import parley.session.core.Frame;
import parley.session.core.Next;
import parley.session.core.Outcome;
import parley.session.core.Presence;
import parley.session.core.SessionLimits;
import parley.session.core.StreamEvent;
import parley.session.core.TextOutcome;
import parley.session.core.Upward;

/// Frames of the core as the protos write them, and back.
final class FrameMapper {
  private final Credentials credentials;

  FrameMapper(Credentials credentials) {
    this.credentials = credentials;
  }

  ServerFrame frame(Frame frame) {
    ServerFrame.Builder out = ServerFrame.newBuilder().setChannel(channel(frame));
    frame.outcomes().forEach(outcome -> out.addOutcomes(outcome(outcome)));
    frame.envelopes().forEach(envelope -> out.addEnvelopes(envelope(envelope)));
    StreamEvent event = frame.event();
    if (event != null) {
      set(out, event);
    }
    return out.build();
  }

  private static Channel channel(Frame frame) {
    return switch (frame.channel()) {
      case SESSION -> Channel.CHANNEL_SESSION;
      case INBOX -> Channel.CHANNEL_INBOX;
    };
  }

  /// Anything but `enter`.
  static Upward upward(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case TEXT ->
          new Upward.Text(
              Integer.toUnsignedLong(frame.getText().getSequence()), frame.getText().getText());
      case TYPING -> new Upward.Typing();
      case HEARTBEAT_ANSWER -> new Upward.HeartbeatAnswer();
      case LEAVE -> new Upward.Leave();
      case RECEIPT -> new Upward.Received(receipt(frame.getReceipt()));
      case ENTER, PROPOSAL_REPLY, FRAME_NOT_SET -> new Upward.Unread();
    };
  }

  static parley.proto.session.v1.TextOutcome outcome(TextOutcome outcome) {
    var out =
        parley.proto.session.v1.TextOutcome.newBuilder()
            .setSequence((int) outcome.sequence())
            .setNext(next(outcome.outcome()));
    switch (outcome.outcome()) {
      case Outcome.Stored(var position, var at) ->
          out.setStored(
              Stored.newBuilder()
                  .setPosition(DomainWords.write(position))
                  .setAt(ProtoTimes.write(at)));
      case Outcome.Duplicate(var position) -> {
        Duplicate.Builder duplicate = Duplicate.newBuilder();
        position.map(DomainWords::write).ifPresent(duplicate::setPosition);
        out.setDuplicate(duplicate);
      }
      case Outcome.OutOfOrder(long expected) ->
          out.setOutOfOrder(OutOfOrder.newBuilder().setExpected((int) expected));
      case Outcome.TooFast(var retryAfter) ->
          out.setTooFast(TooFast.newBuilder().setRetryAfter(ProtoTimes.write(retryAfter)));
      case Outcome.TooLong(int codePoints, int bytes) ->
          out.setTooLong(TooLong.newBuilder().setMaxCodePoints(codePoints).setMaxBytes(bytes));
      case Outcome.NotPlainText() -> out.setNotPlainText(NotPlainText.getDefaultInstance());
      case Outcome.NotOpen() -> out.setNotOpen(NotOpen.getDefaultInstance());
      case Outcome.StaleAttachment() ->
          out.setStaleAttachment(StaleAttachment.getDefaultInstance());
      case Outcome.ContentDiffers() -> out.setContentDiffers(ContentDiffers.getDefaultInstance());
    }
    return out.build();
  }

  private static parley.proto.session.v1.Next next(Outcome outcome) {
    return switch (outcome) {
      case Outcome.OutOfOrder _, Outcome.TooFast _ -> parley.proto.session.v1.Next.NEXT_RESUME;
      case Outcome.Stored _,
          Outcome.Duplicate _,
          Outcome.TooLong _,
          Outcome.NotPlainText _,
          Outcome.NotOpen _,
          Outcome.StaleAttachment _,
          Outcome.ContentDiffers _ ->
          parley.proto.session.v1.Next.NEXT_STOP;
    };
  }

  static parley.proto.session.v1.Envelope envelope(Envelope envelope) {
    var out =
        parley.proto.session.v1.Envelope.newBuilder()
            .setPosition(DomainWords.write(envelope.position()))
            .setMemberId(envelope.member())
            .setAt(ProtoTimes.write(envelope.at()))
            .setOwnSequence((int) envelope.ownSequence());
    MemberKind kind = envelope.kind();
    if (kind != null) {
      out.setKind(DomainWords.write(kind));
    }
    switch (envelope.content()) {
      case Content.Text(String text) -> out.setText(text);
      case Content.Disclosure(String text) -> out.setDisclosure(text);
      case Content.PeerNeverCame(String ticket) ->
          out.setNotice(
              InboxNotice.newBuilder()
                  .setPeerNeverCame(PeerNeverCame.newBuilder().setTicketId(ticket)));
      case Content.PassedOn(Body notice) -> passOn(notice, out);
      case Content.Unknown() -> {}
    }
    return out.build();
  }

  /// What a later version wrote says nothing here, but its place in the order counts.
  private static void passOn(Body notice, parley.proto.session.v1.Envelope.Builder out) {
    try {
      out.setNotice(InboxNotice.parseFrom(notice.bytes()));
    } catch (InvalidProtocolBufferException ofAnotherVersion) {
      out.clearNotice();
    }
  }

  private void set(ServerFrame.Builder out, StreamEvent event) {
    switch (event) {
      case StreamEvent.Entered entered -> out.setEntered(entered(entered));
      case StreamEvent.CaughtUp(var position) ->
          out.setCaughtUp(CaughtUp.newBuilder().setPosition(DomainWords.write(position)));
      case StreamEvent.Reset(var reason, var resumeAt) ->
          out.setReset(
              Reset.newBuilder()
                  .setReason(reason(reason))
                  .setResumeAt(DomainWords.write(resumeAt)));
      case StreamEvent.PeerTyping(int member, var lives) ->
          out.setTyping(
              PeerTyping.newBuilder().setMemberId(member).setLives(ProtoTimes.write(lives)));
      case StreamEvent.MemberMoved(var admission, int member, var presence) ->
          out.setMember(MemberChange.newBuilder().setMember(member(admission, member, presence)));
      case StreamEvent.PeerReceipt(int member, var receipt) ->
          out.setReceipt(receipt(member, receipt));
      case StreamEvent.Heartbeat() -> out.setHeartbeat(Heartbeat.getDefaultInstance());
      case StreamEvent.End(var reason) ->
          out.setEnd(End.newBuilder().setReason(reason(reason)).setNext(next(reason.next())));
    }
  }

  private Entered entered(StreamEvent.Entered entered) {
    Admission self = entered.admission();
    Entered.Builder out =
        Entered.newBuilder()
            .setSessionId(self.session().text())
            .setMemberId(self.member())
            .setAttachment((int) entered.attachment())
            .setNextSequence((int) entered.nextSequence())
            .setPass(ByteString.copyFrom(credentials.pass(self, entered.tip().epoch())))
            .setPassExpiresIn(ProtoTimes.write(credentials.passLife()))
            .setTip(DomainWords.write(entered.tip()))
            .setMode(DomainWords.write(self.mode()))
            .setLimits(limits(entered.limits()))
            .setCorrelationId(self.match().text());
    entered.receipts().forEach((member, receipt) -> out.addReceipts(receipt(member, receipt)));
    for (int i = 0; i < entered.presences().size(); i++) {
      out.addMembers(member(self, i + 1, entered.presences().get(i)));
    }
    return out.build();
  }

  static Receipt receipt(ReceiptUpdate update) {
    return new Receipt(
        Integer.toUnsignedLong(update.getDeliveredOffset()),
        Integer.toUnsignedLong(update.getReadOffset()));
  }

  private static ReceiptNotice receipt(int member, Receipt receipt) {
    return ReceiptNotice.newBuilder()
        .setMemberId(member)
        .setDeliveredOffset((int) receipt.delivered())
        .setReadOffset((int) receipt.read())
        .build();
  }

  private static Member member(Admission self, int number, Presence presence) {
    return Member.newBuilder()
        .setMemberId(number)
        .setKind(DomainWords.write(self.kinds().get(number - 1)))
        .setPresence(
            switch (presence) {
              case EXPECTED -> parley.proto.session.v1.Presence.PRESENCE_EXPECTED;
              case HERE -> parley.proto.session.v1.Presence.PRESENCE_HERE;
              case AWAY -> parley.proto.session.v1.Presence.PRESENCE_AWAY;
              case LEFT -> parley.proto.session.v1.Presence.PRESENCE_LEFT;
            })
        .build();
  }

  private static Limits limits(SessionLimits limits) {
    return Limits.newBuilder()
        .setMaxTextCodePoints(limits.maxCodePoints())
        .setMaxTextBytes(limits.maxBytes())
        .setHeartbeatEvery(ProtoTimes.write(limits.heartbeatEvery()))
        .setAcknowledgeEvery(ProtoTimes.write(limits.acknowledgeEvery()))
        .setPaceBurst(limits.paceBurst())
        .setPacePerSecond(limits.pacePerSecond())
        .build();
  }

  private static Reset.Reason reason(ResetReason reason) {
    return switch (reason) {
      case TRIMMED -> Reset.Reason.REASON_TRIMMED;
      case TOO_FAR -> Reset.Reason.REASON_TOO_FAR;
      case LOG_LOST -> Reset.Reason.REASON_LOG_LOST;
      case LOG_DIVERGED -> Reset.Reason.REASON_LOG_DIVERGED;
    };
  }

  private static parley.proto.session.v1.EndReason reason(EndReason reason) {
    return switch (reason) {
      case LEFT -> parley.proto.session.v1.EndReason.END_REASON_LEFT;
      case LOST, AI_LOST -> parley.proto.session.v1.EndReason.END_REASON_LOST;
      case HUMAN_FOUND -> parley.proto.session.v1.EndReason.END_REASON_HUMAN_FOUND;
      case TIME_UP -> parley.proto.session.v1.EndReason.END_REASON_TIME_UP;
      case CLOSED_BY_OPERATOR -> parley.proto.session.v1.EndReason.END_REASON_CLOSED_BY_OPERATOR;
      case NO_SHOW -> parley.proto.session.v1.EndReason.END_REASON_NO_SHOW;
      case YOU_LEFT -> parley.proto.session.v1.EndReason.END_REASON_YOU_LEFT;
      case TAKEN_OVER -> parley.proto.session.v1.EndReason.END_REASON_TAKEN_OVER;
      case DRAIN -> parley.proto.session.v1.EndReason.END_REASON_DRAIN;
      case MAX_AGE -> parley.proto.session.v1.EndReason.END_REASON_MAX_AGE;
      case REVOKED -> parley.proto.session.v1.EndReason.END_REASON_REVOKED;
      case SLOW_READER -> parley.proto.session.v1.EndReason.END_REASON_SLOW_READER;
      case UNAVAILABLE -> parley.proto.session.v1.EndReason.END_REASON_UNAVAILABLE;
    };
  }

  private static parley.proto.session.v1.Next next(Next next) {
    return switch (next) {
      case STOP -> parley.proto.session.v1.Next.NEXT_STOP;
      case RESUME -> parley.proto.session.v1.Next.NEXT_RESUME;
      case START_OVER -> parley.proto.session.v1.Next.NEXT_START_OVER;
    };
  }
}
