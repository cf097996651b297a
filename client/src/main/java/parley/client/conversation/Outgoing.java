package parley.client.conversation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.client.call.Loop;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Leave;
import parley.proto.session.v1.Typing;

/// What goes up a link besides texts: that this member is writing, how far it has come, that it
/// leaves. Runs on the conversation's thread alone.
final class Outgoing {
  /// A little slower than the server counts, so that none is dropped on the way.
  private static final Duration TYPING_AT_MOST_EVERY = Duration.ofMillis(2_200);

  private static final Duration RECEIPTS_TOGETHER = Duration.ofMillis(200);

  private final Dialogue dialogue;
  private final Loop loop;
  private final Runnable flush;
  private boolean typing;
  private boolean receiptsSoon;
  private boolean receiptsDue;
  private boolean leaving;
  private boolean leaveSent;
  private long typed = System.nanoTime() - TYPING_AT_MOST_EVERY.toNanos();

  /// @param flush takes everything that may go now
  Outgoing(Dialogue dialogue, Loop loop, Runnable flush) {
    this.dialogue = dialogue;
    this.loop = loop;
    this.flush = flush;
  }

  /// A new link.
  void entered() {
    leaveSent = false;
  }

  /// No link: nobody needs to know later that this member was writing.
  void away() {
    typing = false;
    receiptsDue = false;
  }

  /// False if it was said a moment ago.
  boolean typing() {
    typing = System.nanoTime() - typed >= TYPING_AT_MOST_EVERY.toNanos();
    return typing;
  }

  /// What is to say of receipts goes up together with what comes within a moment.
  void receiptsSoon() {
    if (!receiptsSoon && dialogue.receipts().isNews()) {
      receiptsSoon = true;
      var _ = loop.after(RECEIPTS_TOGETHER, this::receiptsDue);
    }
  }

  void leaving() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /// Everything that may go now, in order.
  List<ClientFrame> take() {
    List<ClientFrame> frames = new ArrayList<>();
    dialogue.toSend().forEach(text -> frames.add(ClientFrame.newBuilder().setText(text).build()));
    if (receiptsDue && dialogue.receipts().isNews()) {
      frames.add(ClientFrame.newBuilder().setReceipt(dialogue.receipts().take()).build());
    }
    receiptsDue = false;
    if (typing) {
      typing = false;
      typed = System.nanoTime();
      frames.add(ClientFrame.newBuilder().setTyping(Typing.getDefaultInstance()).build());
    }
    if (leaving && !leaveSent && dialogue.outbox().isEmpty()) {
      leaveSent = true;
      frames.add(ClientFrame.newBuilder().setLeave(Leave.getDefaultInstance()).build());
    }
    return frames;
  }

  private void receiptsDue() {
    receiptsSoon = false;
    receiptsDue = true;
    flush.run();
  }
}
