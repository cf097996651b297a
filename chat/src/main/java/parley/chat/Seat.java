package parley.chat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.client.Parley;
import parley.client.conversation.Conversation;
import parley.client.conversation.Recourse;
import parley.client.identity.Identity;
import parley.client.search.Match;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.ReadReceipts;

/// Where this person sits: the conversation that is, if any. Used by the chat's thread.
final class Seat implements AutoCloseable {
  private final Parley parley;
  private final Identity me;
  private final ReadReceipts readReceipts;
  private final Consumer<Happening> happenings;
  private @Nullable Conversation conversation;
  private int talks;
  private int unanswered;

  Seat(Parley parley, Identity me, ReadReceipts readReceipts, Consumer<Happening> happenings) {
    this.parley = parley;
    this.me = me;
    this.readReceipts = readReceipts;
    this.happenings = happenings;
  }

  /// From a conversation that goes on it gets up without a word: who replaces it ends it.
  void take(Match match) {
    close();
    talks++;
    int talk = talks;
    conversation =
        parley.enter(
            me, match, readReceipts, heard -> happenings.accept(new Happening.Talked(talk, heard)));
  }

  /// In: what is said is heard from now on.
  Recourse entered() {
    unanswered = 0;
    Conversation talk = conversation;
    if (talk == null) {
      throw new IllegalStateException("entered, and nobody wanted to");
    }
    return talk.recourse();
  }

  boolean isTaken() {
    return conversation != null;
  }

  /// False for what a conversation still says that this person got up from.
  boolean isAt(int talk) {
    return talk == talks;
  }

  /// True while it is not known of some words what became of them.
  boolean waitsForAnswers() {
    return unanswered > 0;
  }

  void say(String text) {
    Conversation talk = conversation;
    if (talk != null) {
      unanswered++;
      var _ = talk.send(text);
    }
  }

  /// It is known what became of some words.
  void answered() {
    unanswered--;
  }

  void typing() {
    Conversation talk = conversation;
    if (talk != null) {
      talk.typing();
    }
  }

  void read(Position upTo) {
    Conversation talk = conversation;
    if (talk != null) {
      talk.read(upTo);
    }
  }

  /// Leaves for good; the end follows.
  void leave() {
    Conversation talk = conversation;
    if (talk != null) {
      talk.leave();
    }
  }

  @Override
  public void close() {
    Conversation talk = conversation;
    conversation = null;
    if (talk != null) {
      talk.close();
    }
  }
}
