package parley.client.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.client.call.ProtoTimes;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ReceiptNotice;
import parley.proto.session.v1.Reset;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.Stored;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;

/// What is said: the log as it comes, in order, and this member's own texts until they are part of
/// it. Knows nothing of links. Runs on the conversation's thread alone.
final class Dialogue {
  /// Texts on their way at once; one by one while the server asks for patience.
  private static final int WINDOW = 16;

  private final Told told;
  private final Consumer<Duration> pauser;
  private final Outbox outbox;
  private final Receipts receipts = new Receipts();
  private @Nullable LogOrder<Item> order;
  private Next asked = Next.NEXT_UNSPECIFIED;
  private int window = WINDOW;
  private boolean paused;

  /// @param pauser told how long nothing may be sent; calls `goOn` afterwards
  Dialogue(ConversationState from, Told told, Consumer<Duration> pauser) {
    this.told = told;
    this.pauser = pauser;
    this.outbox = new Outbox(from.nextSequence(), from.unsent());
    Position position = from.position();
    this.order = position == null ? null : new LogOrder<>(position);
  }

  Outbox outbox() {
    return outbox;
  }

  Receipts receipts() {
    return receipts;
  }

  /// Where to resume; null before the first entry.
  @Nullable Position position() {
    return order == null ? null : order.reached();
  }

  /// Everything up to there was seen. What was seen of a log that is lost says nothing of this one.
  void read(Position upTo) {
    Position reached = position();
    if (reached != null && reached.getEpoch() == upTo.getEpoch()) {
      receipts.read(Math.min(LogOrder.offset(upTo), LogOrder.offset(reached)));
    }
  }

  void write(OwnText text) {
    outbox.add(text);
  }

  void entered(Entered facts) {
    LogOrder<Item> known = order;
    if (known == null) {
      order = new LogOrder<>(Position.newBuilder().setEpoch(facts.getTip().getEpoch()).build());
    } else {
      known.restartAt(known.reached());
    }
    asked = Next.NEXT_UNSPECIFIED;
    outbox.entered(facts.getNextSequence());
    receipts.entered(facts);
  }

  /// What others had received and read when this member entered.
  void tellReceipts(Entered facts) {
    facts.getReceiptsList().forEach(this::tell);
  }

  void reset(Reset reset) {
    inOrder().restartAt(reset.getResumeAt());
    told.tell(new ConversationEvent.Reset(reset.getReason(), reset.getResumeAt()));
    switch (reset.getReason()) {
      case REASON_LOG_LOST -> receipts.lost().forEach(this::tell);
      case REASON_LOG_DIVERGED -> receipts.diverged(reset.getResumeAt());
      case REASON_TRIMMED, REASON_TOO_FAR, REASON_UNSPECIFIED, UNRECOGNIZED -> {
        // The log is the same.
      }
    }
    tellKnown();
    for (OwnText text : outbox.giveUp()) {
      told.tell(new ConversationEvent.NotSent(text, NotSentReason.RESET));
    }
  }

  /// Reads what a frame carries, and its event if that is of the talk.
  ///
  /// @param answered true if own texts are answered by frames
  /// @return false if something that must have come is missing
  boolean read(ServerFrame frame, boolean answered) {
    if (frame.getChannel() != Channel.CHANNEL_SESSION
        && frame.getChannel() != Channel.CHANNEL_UNSPECIFIED) {
      return true;
    }
    LogOrder<Item> log = inOrder();
    boolean sameLog = true;
    for (TextOutcome outcome : frame.getOutcomesList()) {
      sameLog &= answered ? answer(outcome, log::streamed) : place(outcome, log::streamed);
    }
    for (Envelope envelope : frame.getEnvelopesList()) {
      sameLog &= log.streamed(envelope.getPosition(), new Written(envelope));
    }
    tellNext(log);
    boolean whole = sameLog && log.missing() <= (answered ? 0 : outbox.unanswered());
    if (whole) {
      readEvent(frame);
    }
    return whole;
  }

  /// Reads answers that came beside the stream.
  ///
  /// @return false if something that must have come is missing
  boolean readAnswers(List<TextOutcome> outcomes) {
    LogOrder<Item> log = inOrder();
    boolean sameLog = true;
    for (TextOutcome outcome : outcomes) {
      sameLog &= answer(outcome, log::answered);
    }
    tellNext(log);
    return sameLog && log.missing() <= outbox.unanswered();
  }

  /// @return false if the log did not come up to there
  boolean caughtUp(Position tip) {
    tellKnown();
    return LogOrder.offset(inOrder().reached()) >= LogOrder.offset(tip);
  }

  /// What an unknown answer asked for; NEXT_UNSPECIFIED if nothing.
  Next asked() {
    return asked;
  }

  List<Text> toSend() {
    if (outbox.isEmpty()) {
      window = WINDOW;
    }
    return paused ? List.of() : outbox.take(window);
  }

  void goOn() {
    paused = false;
  }

  /// Nothing will be sent any more.
  void over() {
    tellKnown();
    for (OwnText text : outbox.giveUp()) {
      told.tell(new ConversationEvent.NotSent(text, NotSentReason.CLOSED));
    }
  }

  private LogOrder<Item> inOrder() {
    LogOrder<Item> known = order;
    if (known == null) {
      throw new IllegalStateException("a frame before entered");
    }
    return known;
  }

  private boolean answer(TextOutcome outcome, BiPredicate<Position, Item> place) {
    boolean current = outbox.countAnswer();
    int sequence = outcome.getSequence();
    switch (outcome.getOutcomeCase()) {
      case STORED, DUPLICATE -> {
        return place(outcome, place);
      }
      case OUT_OF_ORDER -> {
        if (current) {
          outbox.expect(outcome.getOutOfOrder().getExpected());
        }
      }
      case TOO_FAST -> {
        if (current) {
          slow(ProtoTimes.duration(outcome.getTooFast().getRetryAfter()));
        }
      }
      case TOO_LONG -> notSent(current, sequence, NotSentReason.TOO_LONG);
      case NOT_PLAIN_TEXT -> notSent(current, sequence, NotSentReason.NOT_PLAIN_TEXT);
      case CONTENT_DIFFERS -> {
        if (current) {
          outbox.differs(sequence).ifPresent(this::tellDiffers);
        }
      }
      case NOT_OPEN, STALE_ATTACHMENT -> {
        // The stream's end says what comes of it; until then the text is kept.
      }
      case OUTCOME_NOT_SET -> unknown(current, outcome);
    }
    return true;
  }

  /// Notes what is stored, and where if that is told.
  private boolean place(TextOutcome outcome, BiPredicate<Position, Item> place) {
    int sequence = outcome.getSequence();
    if (outcome.hasStored()) {
      Stored stored = outcome.getStored();
      outbox.stored(sequence);
      return place.test(
          stored.getPosition(), new Own(sequence, stored.getPosition(), stored.getAt()));
    }
    outbox.stored(sequence);
    if (!outcome.getDuplicate().hasPosition()) {
      // Far behind: the log tells its place when reading has come there.
      return true;
    }
    Position position = outcome.getDuplicate().getPosition();
    return place.test(position, new Own(sequence, position, null));
  }

  private void notSent(boolean current, int sequence, NotSentReason why) {
    if (current) {
      outbox
          .refused(sequence)
          .ifPresent(text -> told.tell(new ConversationEvent.NotSent(text, why)));
    }
  }

  private void slow(Duration wait) {
    outbox.sendAgain();
    if (window > 1) {
      told.tell(new ConversationEvent.Slowed(wait));
    }
    window = 1;
    paused = true;
    pauser.accept(wait);
  }

  private void unknown(boolean current, TextOutcome outcome) {
    switch (outcome.getNext()) {
      case NEXT_STOP -> notSent(current, outcome.getSequence(), NotSentReason.REFUSED);
      case NEXT_START_OVER -> asked = Next.NEXT_START_OVER;
      case NEXT_RESUME, NEXT_UNSPECIFIED, UNRECOGNIZED -> asked = Next.NEXT_RESUME;
    }
  }

  private void tellNext(LogOrder<Item> log) {
    for (Item item : log.next()) {
      switch (item) {
        case Own own ->
            outbox
                .own(own.sequence())
                .ifPresent(
                    text ->
                        told.tell(
                            new ConversationEvent.Stored(text, own.position(), own.instant())));
        case Written(Envelope envelope) -> tell(envelope);
      }
    }
  }

  private void tell(Envelope envelope) {
    Instant at = ProtoTimes.instant(envelope.getAt());
    Optional<OwnText> own =
        envelope.getOwnSequence() > 0 ? outbox.own(envelope.getOwnSequence()) : Optional.empty();
    if (own.isPresent() && own.get().text().equals(envelope.getText())) {
      told.tell(new ConversationEvent.Stored(own.get(), envelope.getPosition(), at));
      return;
    }
    own.ifPresent(this::tellDiffers);
    receipts.received(envelope);
    Words.of(envelope).ifPresent(told::tell);
  }

  private void tell(ReceiptNotice notice) {
    receipts.news(notice).ifPresent(told::tell);
  }

  private void readEvent(ServerFrame frame) {
    switch (frame.getEventCase()) {
      case TYPING -> {
        var typing = frame.getTyping();
        told.tell(
            new ConversationEvent.PeerTyping(
                typing.getMemberId(), ProtoTimes.duration(typing.getLives())));
      }
      case RECEIPT -> tell(frame.getReceipt());
      case MEMBER -> told.tell(new ConversationEvent.MemberChanged(frame.getMember().getMember()));
      case ENTERED, CAUGHT_UP, RESET, HEARTBEAT, END, EVENT_NOT_SET -> {
        // Of the link, not of the talk.
      }
    }
  }

  private void tellDiffers(OwnText text) {
    told.tell(new ConversationEvent.NotSent(text, NotSentReason.CONTENT_DIFFERS));
  }

  private void tellKnown() {
    outbox.takeAcknowledged().forEach(this::tellKnown);
  }

  private void tellKnown(OwnText text) {
    told.tell(new ConversationEvent.Stored(text, null, null));
  }

  /// What takes one place in the log.
  private sealed interface Item permits Own, Written {}

  private record Written(Envelope envelope) implements Item {}

  private record Own(int sequence, Position position, com.google.protobuf.@Nullable Timestamp at)
      implements Item {
    @Nullable Instant instant() {
      return at == null ? null : ProtoTimes.instant(at);
    }
  }
}
