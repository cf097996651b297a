package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import parley.client.fake.Awaited;

/// Collects the events of a conversation.
final class Heard implements ConversationListener {
  private final BlockingQueue<ConversationEvent> events = new LinkedBlockingQueue<>();

  @Override
  public void on(ConversationEvent event) {
    events.add(event);
  }

  /// The next event, which must be of this kind.
  <E extends ConversationEvent> E next(Class<E> kind) {
    ConversationEvent event = Awaited.from(events, kind.getSimpleName());
    assertThat(event).isInstanceOf(kind);
    return kind.cast(event);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
