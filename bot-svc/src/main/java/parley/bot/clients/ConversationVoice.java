package parley.bot.clients;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import parley.bot.core.Ending;
import parley.bot.core.port.Sessions;
import parley.client.conversation.Conversation;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationListener;
import parley.client.conversation.OwnText;
import parley.proto.domain.v1.MemberKind;

/// One conversation of the client's, as core hears and uses it.
final class ConversationVoice implements Sessions.Voice, ConversationListener {
  private final Sessions.Events events;
  private final CompletableFuture<Conversation> conversation = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<OwnText, Runnable> unsettled = new HashMap<>();

  ConversationVoice(Sessions.Events events) {
    this.events = events;
  }

  void speakBy(Conversation entered) {
    conversation.complete(entered);
  }

  @Override
  public void say(String line, Runnable settled) {
    lock.lock();
    try {
      unsettled.put(conversation.join().send(line), settled);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void typing() {
    conversation.join().typing();
  }

  @Override
  public void leave() {
    conversation.join().leave();
  }

  @Override
  public void close() {
    conversation.join().close();
    List<OwnText> left;
    lock.lock();
    try {
      left = List.copyOf(unsettled.keySet());
    } finally {
      lock.unlock();
    }
    left.forEach(this::settle);
  }

  /// On the conversation's thread, which may be here before [#speakBy] was.
  @Override
  public void on(ConversationEvent event) {
    switch (event) {
      case ConversationEvent.Entered _ -> events.entered();
      case ConversationEvent.Message message -> {
        if (message.kind() != MemberKind.MEMBER_KIND_AI) {
          conversation.join().read(message.position());
          events.heard(message.text());
        }
      }
      case ConversationEvent.PeerTyping _ -> events.personTyping();
      case ConversationEvent.Stored stored -> settle(stored.text());
      case ConversationEvent.NotSent notSent -> settle(notSent.text());
      case ConversationEvent.Ended ended -> events.ended(ending(ended.ending()));
      default -> {
        // Nothing that an AI peer goes by.
      }
    }
  }

  private void settle(OwnText text) {
    Runnable settled;
    lock.lock();
    try {
      settled = Objects.requireNonNullElse(unsettled.remove(text), () -> {});
    } finally {
      lock.unlock();
    }
    settled.run();
  }

  private static Ending ending(ConversationEnding ending) {
    return switch (ending) {
      case LEFT, TIME_UP -> Ending.PERSON_LEFT;
      case LOST, NO_SHOW -> Ending.PERSON_LOST;
      case HUMAN_FOUND -> Ending.HUMAN_FOUND;
      case REFUSED -> Ending.NEVER_ENTERED;
      case YOU_LEFT, CLOSED_BY_OPERATOR, TAKEN_OVER, REVOKED, OTHER -> Ending.OTHER;
    };
  }
}
