package parley.client.conversation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.proto.session.v1.Text;

/// The texts of this member that are not known to be stored, in order, numbered without gaps: the
/// first has `nextSequence`, each other one more. Sending one again is harmless because the server
/// knows it by its sequence; a text that was refused gives its sequence to the next.
///
/// Answers come in the order of sending. What was sent after a text that was turned away is
/// answered too, but no longer means anything: `stale` counts those answers. Used by one thread.
final class Outbox {
  private final List<OwnText> texts = new ArrayList<>();
  private final Map<Integer, OwnText> acknowledged = new HashMap<>();
  private final Map<Integer, OwnText> givenUp = new HashMap<>();
  private int nextSequence;
  private int sent;
  private int unanswered;
  private int stale;

  Outbox(int nextSequence, List<OwnText> unsent) {
    this.nextSequence = nextSequence;
    texts.addAll(unsent);
  }

  void add(OwnText text) {
    texts.add(text);
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  List<OwnText> unsent() {
    return List.copyOf(texts);
  }

  int nextSequence() {
    return nextSequence;
  }

  /// Texts that were handed on and not answered.
  int unanswered() {
    return unanswered;
  }

  /// What may be sent now, so that no more than `window` are on their way.
  List<Text> take(int window) {
    List<Text> taken = new ArrayList<>();
    while (sent < Math.min(window, texts.size())) {
      taken.add(
          Text.newBuilder()
              .setSequence(nextSequence + sent)
              .setText(texts.get(sent).text())
              .build());
      sent++;
    }
    unanswered += taken.size();
    return taken;
  }

  /// A new stream: nothing is on its way any more, and the server says what it has.
  void entered(int expected) {
    givenUp.clear();
    unanswered = 0;
    expect(expected);
  }

  /// Notes that one more answer came.
  ///
  /// @return false if it is an answer to something that has been sent again since
  boolean countAnswer() {
    unanswered = Math.max(0, unanswered - 1);
    if (stale > 0) {
      stale--;
      return false;
    }
    return true;
  }

  /// The server has this text, and so all before it; `own` gives them out when their place in the
  /// log is reached.
  void stored(int sequence) {
    if (isPending(sequence)) {
      acknowledge(sequence - nextSequence + 1);
    }
  }

  /// The server wants to hear on from this sequence: it has what is before, and not what is after.
  void expect(int expected) {
    int known = expected - nextSequence;
    if (known > 0) {
      acknowledge(Math.min(known, texts.size()));
    }
    nextSequence = expected;
    sendAgain();
  }

  /// Everything that is left is sent again when its time comes.
  void sendAgain() {
    sent = 0;
    stale = unanswered;
  }

  /// The server will never take this text; the next one gets its sequence.
  Optional<OwnText> refused(int sequence) {
    if (!isPending(sequence)) {
      return Optional.empty();
    }
    acknowledge(sequence - nextSequence);
    OwnText text = texts.removeFirst();
    sendAgain();
    return Optional.of(text);
  }

  /// The server has another text under this sequence.
  Optional<OwnText> differs(int sequence) {
    if (!isPending(sequence)) {
      return Optional.empty();
    }
    acknowledge(sequence - nextSequence);
    nextSequence++;
    sent = Math.max(0, sent - 1);
    return Optional.of(texts.removeFirst());
  }

  /// Takes the text that the log has under this sequence, or nothing if it was not written here.
  Optional<OwnText> own(int sequence) {
    stored(sequence);
    OwnText kept = acknowledged.remove(sequence);
    return Optional.ofNullable(kept == null ? givenUp.remove(sequence) : kept);
  }

  /// Takes the texts that the server has, but whose place in the log is not known.
  List<OwnText> takeAcknowledged() {
    List<OwnText> taken =
        acknowledged.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    acknowledged.clear();
    return taken;
  }

  /// Gives up everything that is not stored. An answer to one of them may still come: their
  /// sequences are not used again unless the server asks for it.
  List<OwnText> giveUp() {
    List<OwnText> given = unsent();
    given.forEach(text -> givenUp.put(nextSequence++, text));
    texts.clear();
    sent = 0;
    return given;
  }

  private boolean isPending(int sequence) {
    return sequence >= nextSequence && sequence < nextSequence + texts.size();
  }

  private void acknowledge(int count) {
    for (int i = 0; i < count; i++) {
      acknowledged.put(nextSequence, texts.removeFirst());
      nextSequence++;
    }
    sent = Math.max(0, sent - count);
  }
}
