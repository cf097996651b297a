package parley.local.story;

import java.time.Duration;
import java.util.UUID;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;
import parley.testing.Eventually;

/// Two people who were paired and talk.
record Pair(Person first, Person second) implements AutoCloseable {
  /// Both arrive, seek with a tag of their own, are matched and enter.
  static Pair meet(String door, Face firstFace, Face secondFace) {
    Wishes wishes = Wishes.anyone("tag-" + UUID.randomUUID().toString().substring(0, 8));
    return enter(Person.arrive(door, firstFace, wishes), Person.arrive(door, secondFace, wishes));
  }

  /// Both seek, are matched with each other and enter.
  static Pair enter(Person first, Person second) {
    first.seekAndWait();
    second.seek();
    first.enter();
    second.enter();
    return new Pair(first, second);
  }

  static Pair meet(String door) {
    return meet(door, Face.NATIVE, Face.NATIVE);
  }

  /// Waits until the other has read this many messages and this one knows them stored.
  void awaitDelivered(Person from, Person to, int messages) {
    Eventually.holds(
        messages + " messages are stored and delivered",
        Duration.ofSeconds(30),
        () -> to.messages().size() >= messages && from.stored() >= messages);
  }

  /// Whether each said and heard so many words.
  boolean isComplete(int words) {
    return first.messages().size() == words
        && second.messages().size() == words
        && first.stored() == words
        && second.stored() == words;
  }

  /// No break, no reset, no text that was not sent, for either.
  boolean wasQuiet() {
    return first.heard().all(ConversationEvent.Reconnecting.class).isEmpty()
        && second.heard().all(ConversationEvent.Reconnecting.class).isEmpty()
        && lostNothing();
  }

  boolean lostNothing() {
    return first.heard().all(ConversationEvent.Reset.class).isEmpty()
        && second.heard().all(ConversationEvent.Reset.class).isEmpty()
        && first.heard().all(ConversationEvent.NotSent.class).isEmpty()
        && second.heard().all(ConversationEvent.NotSent.class).isEmpty();
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
