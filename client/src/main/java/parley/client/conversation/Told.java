package parley.client.conversation;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the world outside knows of a conversation: its events, and the state to come back with.
final class Told {
  private static final Logger LOG = LoggerFactory.getLogger(Told.class);

  private final ConversationListener listener;
  private final AtomicLong written;
  private volatile ConversationState state;
  private volatile boolean silent;

  Told(ConversationListener listener, ConversationState state) {
    this.listener = listener;
    this.state = state;
    this.written = new AtomicLong(state.written());
  }

  void tell(ConversationEvent event) {
    if (silent) {
      return;
    }
    try {
      listener.on(event);
    } catch (RuntimeException fault) {
      LOG.error("the listener failed at {}", event.getClass().getSimpleName(), fault);
    }
  }

  void silence() {
    silent = true;
  }

  /// Numbers a text. From any thread.
  OwnText number(String text) {
    return new OwnText(written.incrementAndGet(), text);
  }

  long written() {
    return written.get();
  }

  void changed(ConversationState now) {
    state = now;
  }

  ConversationState state() {
    return state;
  }
}
