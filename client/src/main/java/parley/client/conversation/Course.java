package parley.client.conversation;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.client.call.Advice;
import parley.client.call.Backoff;
import parley.client.call.CallRefused;
import parley.client.call.Door;
import parley.client.call.Loop;
import parley.client.call.ProtoTimes;
import parley.client.conversation.ConversationEvent.WhatNext;
import parley.client.conversation.ConversationState.GrantToEnter;
import parley.client.conversation.ConversationState.PassToReturn;
import parley.client.identity.Caller;
import parley.client.identity.GuestDenied;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ReadReceipts;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.TextOutcome;

/// How a conversation stays: it enters, follows what comes, and enters again when a link stops.
/// Runs on the conversation's thread alone.
final class Course implements MemberLink.Events {
  private static final int SILENT_HEARTBEATS = 3;

  private final Door door;
  private final Loop loop;
  private final SessionCalls calls;
  private final Entrance entrance;
  private final Backoff backoff;
  private final Told told;
  private final Dialogue dialogue;
  private final InboxReader inbox;
  private final Outgoing outgoing;
  private final ReadReceipts readReceipts;

  private ConversationState.Credential credential;
  private Phase phase = Phase.AWAY;
  private boolean enteredBefore;
  private @Nullable MemberLink link;
  private long heard;
  private Loop.Timer watch = () -> {};
  private Loop.Timer lateLeave = () -> {};

  /// Where the conversation is.
  private enum Phase {
    /// No link; one is due.
    AWAY,
    ENTERING,
    /// In; what was missed comes. Texts wait until it is here, because a reset may be part of it.
    REPLAYING,
    LIVE,
    OVER
  }

  Course(
      Door door, Caller caller, SessionCalls calls, ConversationState from, Told told, Loop loop) {
    this.door = door;
    this.loop = loop;
    this.told = told;
    this.calls = calls;
    this.entrance = new Entrance(door, caller, calls, loop);
    this.credential = from.credential();
    this.enteredBefore = credential instanceof PassToReturn;
    this.backoff = door.backoff();
    this.dialogue = new Dialogue(from, told, this::pause);
    this.inbox = new InboxReader(caller.inbox(), from.correlationId(), told);
    caller.inbox().restore(from.inbox());
    this.outgoing = new Outgoing(dialogue, loop, this::flush);
    this.readReceipts = from.readReceipts();
  }

  void attach() {
    if (phase != Phase.AWAY) {
      return;
    }
    try {
      phase = Phase.ENTERING;
      link = entrance.open(enter(), this);
      if (link == null) {
        finish(ConversationEnding.REVOKED, WhatNext.START_OVER, "you are another guest now");
        return;
      }
      heard = System.nanoTime();
      watch(door.times().enteredWithin());
    } catch (CallRefused | GuestDenied refused) {
      noToken(refused);
    }
  }

  void write(OwnText text) {
    if (phase == Phase.OVER || outgoing.isLeaving()) {
      told.tell(new ConversationEvent.NotSent(text, NotSentReason.CLOSED));
      return;
    }
    dialogue.write(text);
    flush();
    told.changed(state());
  }

  /// Told to the peer if it can be told now, or as soon as the member is in.
  void typing() {
    if (phase != Phase.AWAY && outgoing.typing()) {
      flush();
    }
  }

  void read(Position upTo) {
    dialogue.read(upTo);
    outgoing.receiptsSoon();
  }

  /// Leaves after what was written is stored, or without waiting any longer when that takes too
  /// long.
  void leave() {
    if (phase == Phase.OVER || outgoing.isLeaving()) {
      return;
    }
    outgoing.leaving();
    flush();
    if (phase != Phase.OVER) {
      lateLeave = loop.after(door.times().leaveWithin(), this::leaveAnyway);
    }
  }

  /// Lets go of the stream without leaving.
  void close() {
    phase = Phase.OVER;
    letGo();
  }

  ConversationState state() {
    return new ConversationState(
        calls.sessionId(),
        credential,
        dialogue.position(),
        dialogue.outbox().nextSequence(),
        dialogue.outbox().unsent(),
        told.written(),
        calls.correlationId(),
        readReceipts,
        entrance.inbox());
  }

  @Override
  public void frame(MemberLink from, ServerFrame frame) {
    if (!from.equals(link)) {
      return;
    }
    heard = System.nanoTime();
    if (frame.getChannel() == Channel.CHANNEL_INBOX) {
      inbox.read(frame);
      told.changed(state());
      from.more();
      return;
    }
    switch (frame.getEventCase()) {
      case ENTERED -> entered(from, frame.getEntered());
      case RESET -> dialogue.reset(frame.getReset());
      case CAUGHT_UP, TYPING, RECEIPT, MEMBER, HEARTBEAT, END, EVENT_NOT_SET -> {
        // After what the frame carries.
      }
    }
    boolean whole = phase != Phase.ENTERING && dialogue.read(frame, from.answersOnStream());
    if (frame.hasEnd()) {
      ended(frame.getEnd());
    } else if (!whole) {
      reconnect(backoff.next(), "a gap in what came");
    } else {
      afterwards(from, frame);
    }
    told.changed(state());
  }

  @Override
  public void answers(MemberLink from, List<TextOutcome> outcomes) {
    if (from.equals(link)) {
      if (dialogue.readAnswers(outcomes)) {
        goOn();
      } else {
        reconnect(backoff.next(), "a gap in what came");
      }
      told.changed(state());
    }
  }

  @Override
  public void stopped(MemberLink from, Status status, @Nullable Metadata trailers) {
    if (!from.equals(link)) {
      return;
    }
    if (phase == Phase.ENTERING) {
      notLetIn(status, trailers);
    } else {
      reconnect(backoff.next(), CallRefused.sentence(status));
    }
  }

  private Enter.Builder enter() {
    Enter.Builder enter =
        Enter.newBuilder().setSessionId(calls.sessionId()).setReadReceipts(readReceipts);
    switch (credential) {
      case GrantToEnter(var bytes) -> enter.setGrant(bytes);
      case PassToReturn(var bytes) -> enter.setPass(bytes);
    }
    var position = dialogue.position();
    return position == null ? enter : enter.setPosition(position);
  }

  private void entered(MemberLink from, Entered facts) {
    credential = new PassToReturn(facts.getPass());
    entrance.entered();
    phase = Phase.REPLAYING;
    outgoing.entered();
    from.entered(facts);
    dialogue.entered(facts);
    told.changed(state());
    told.tell(
        enteredBefore
            ? new ConversationEvent.Resumed(facts)
            : new ConversationEvent.Entered(facts));
    dialogue.tellReceipts(facts);
    enteredBefore = true;
    Duration silence =
        ProtoTimes.duration(facts.getLimits().getHeartbeatEvery()).multipliedBy(SILENT_HEARTBEATS);
    watch.cancel();
    if (silence.isPositive()) {
      watch(silence);
    }
  }

  private void afterwards(MemberLink from, ServerFrame frame) {
    if (frame.hasHeartbeat()) {
      from.answerHeartbeat();
    } else if (frame.hasCaughtUp()) {
      caughtUp(frame);
    }
    if (from.equals(link)) {
      goOn();
      outgoing.receiptsSoon();
    }
    from.more();
  }

  private void caughtUp(ServerFrame frame) {
    if (dialogue.caughtUp(frame.getCaughtUp().getPosition())) {
      phase = Phase.LIVE;
      backoff.reset();
    } else {
      reconnect(backoff.next(), "a gap in what was missed");
    }
  }

  private void flush() {
    MemberLink current = link;
    if (phase != Phase.LIVE || current == null) {
      return;
    }
    List<ClientFrame> frames = outgoing.take();
    if (!frames.isEmpty()) {
      current.send(frames);
    }
  }

  /// Acts by what the answers asked for, else sends what may be sent.
  private void goOn() {
    switch (dialogue.asked()) {
      case NEXT_RESUME -> reconnect(backoff.next(), "the server asked for it");
      case NEXT_START_OVER ->
          finish(ConversationEnding.OTHER, WhatNext.START_OVER, "the server asked to start over");
      case NEXT_UNSPECIFIED, NEXT_STOP, UNRECOGNIZED -> flush();
    }
  }

  private void pause(Duration wait) {
    var _ =
        loop.after(
            wait,
            () -> {
              dialogue.goOn();
              flush();
            });
  }

  private void ended(End end) {
    Next next = end.getNext();
    if (next == Next.NEXT_STOP || next == Next.NEXT_START_OVER) {
      ConversationEnding ending = ConversationEnding.of(end.getReason());
      finish(
          ending,
          next == Next.NEXT_STOP ? WhatNext.STOP : WhatNext.START_OVER,
          "the server says " + end.getReason().name());
      return;
    }
    Duration drawn = backoff.next();
    Duration told = ProtoTimes.duration(end.getRetryAfter());
    Duration first = backoff.tries() == 1 ? Duration.ZERO : drawn;
    reconnect(
        end.hasRetryAfter() ? told.plus(backoff.jitter(told)) : first, end.getReason().name());
  }

  /// The link stopped before it was in.
  private void notLetIn(Status status, @Nullable Metadata trailers) {
    String sentence = CallRefused.sentence(status);
    switch (Advice.of(status, trailers)) {
      case Advice.Refresh() -> anotherToken(sentence);
      case Advice.NewGuest() -> finish(ConversationEnding.REVOKED, WhatNext.START_OVER, sentence);
      case Advice.Wait(Duration wait) -> reconnect(wait.plus(backoff.next()), sentence);
      case Advice.Retry() -> reconnect(backoff.next(), sentence);
      case Advice.Stop() -> finish(ConversationEnding.REFUSED, WhatNext.STOP, sentence);
    }
  }

  private void anotherToken(String sentence) {
    letGo();
    phase = Phase.AWAY;
    try {
      if (entrance.renew()) {
        attach();
      } else {
        finish(ConversationEnding.REFUSED, WhatNext.START_OVER, sentence);
      }
    } catch (CallRefused | GuestDenied refused) {
      noToken(refused);
    }
  }

  private void noToken(RuntimeException refused) {
    if (refused instanceof CallRefused call
        && (call.advice() instanceof Advice.Retry || call.advice() instanceof Advice.Wait)) {
      reconnect(backoff.next(), String.valueOf(refused.getMessage()));
    } else {
      finish(ConversationEnding.REFUSED, WhatNext.START_OVER, String.valueOf(refused.getMessage()));
    }
  }

  private void reconnect(Duration wait, String why) {
    letGo();
    phase = Phase.AWAY;
    outgoing.away();
    entrance.stopped();
    told.tell(new ConversationEvent.Reconnecting(backoff.tries(), wait, why));
    watch = loop.after(wait, this::attach);
  }

  /// A link on which nothing comes at all is as good as cut.
  private void watch(Duration silence) {
    Duration quiet = Duration.ofNanos(System.nanoTime() - heard);
    Duration left = silence.minus(quiet);
    if (left.isPositive()) {
      watch = loop.after(left, () -> watch(silence));
    } else {
      reconnect(backoff.next(), "nothing was heard for " + quiet.toSeconds() + " s");
    }
  }

  /// What was written and not stored by now is given up; the server is told beside the stream.
  private void leaveAnyway() {
    if (phase == Phase.OVER) {
      return;
    }
    calls.sayGoodbye(credential);
    finish(ConversationEnding.YOU_LEFT, WhatNext.STOP, "you left");
  }

  private void finish(ConversationEnding ending, WhatNext next, String sentence) {
    letGo();
    phase = Phase.OVER;
    lateLeave.cancel();
    dialogue.over();
    told.tell(new ConversationEvent.Ended(ending, next, sentence));
    told.changed(state());
  }

  private void letGo() {
    watch.cancel();
    MemberLink current = link;
    link = null;
    if (current != null) {
      current.cut();
    }
  }
}
