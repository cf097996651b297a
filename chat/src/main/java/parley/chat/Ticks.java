package parley.chat;

import org.jspecify.annotations.Nullable;
import parley.client.conversation.ConversationEvent;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Reset;

/// What became of this person's last words: stored (the tick behind them says that), then
/// delivered, then read. Offsets are unsigned in 32 bits.
final class Ticks {
  private final Footer footer;
  private long last;
  private long delivered;
  private long read;
  private boolean answered;

  Ticks(Footer footer) {
    this.footer = footer;
  }

  void entered() {
    last = 0;
    delivered = 0;
    read = 0;
    show();
  }

  /// Where the log lost words, what is stored and told from here on counts.
  void reset(Reset.Reason why) {
    if (why == Reset.Reason.REASON_LOG_LOST || why == Reset.Reason.REASON_LOG_DIVERGED) {
      entered();
    }
  }

  /// @param position null if only the fact is known
  void stored(@Nullable Position position) {
    if (position != null) {
      last = Integer.toUnsignedLong(position.getOffset());
      answered = false;
      show();
    }
  }

  void receipt(ConversationEvent.Receipt receipt) {
    delivered = Math.max(delivered, Integer.toUnsignedLong(receipt.deliveredOffset()));
    read = Math.max(read, Integer.toUnsignedLong(receipt.readOffset()));
    show();
  }

  /// Who answers has read.
  void heard() {
    answered = true;
    show();
  }

  private void show() {
    if (last == 0 || answered || delivered < last) {
      footer.clear(Footer.Part.TICKS);
    } else {
      footer.set(Footer.Part.TICKS, read >= last ? "✓✓ read" : "✓✓ delivered");
    }
  }
}
