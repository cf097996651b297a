package parley.client.conversation;

/// Hears of a conversation. Called on the conversation's own thread, one event at a time, in order.
/// It may block, which holds up this conversation alone, and may call the conversation.
@FunctionalInterface
public interface ConversationListener {
  void on(ConversationEvent event);
}
