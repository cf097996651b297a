package parley.client.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ReceiptNotice;
import parley.proto.session.v1.ReceiptUpdate;

/// How far everybody has come: what this member has to say of itself, and what it was told of the
/// others. Offsets are unsigned in 32 bits and only grow, but for a log that lost what they count.
/// Used by one thread.
final class Receipts {
  private final Map<Integer, ConversationEvent.Receipt> others = new HashMap<>();
  private List<ReceiptNotice> atEntry = List.of();
  private int self;
  private long delivered;
  private long read;
  private long deliveredKnown;
  private long readKnown;

  /// The server says what it knows; what it lost of what was said is said again.
  void entered(Entered facts) {
    self = facts.getMemberId();
    atEntry = facts.getReceiptsList();
    deliveredKnown = 0;
    readKnown = 0;
    for (ReceiptNotice notice : facts.getReceiptsList()) {
      if (notice.getMemberId() == self) {
        deliveredKnown = Integer.toUnsignedLong(notice.getDeliveredOffset());
        readKnown = Integer.toUnsignedLong(notice.getReadOffset());
      }
    }
  }

  /// The log has another history from there on.
  void diverged(Position resumeAt) {
    long end = LogOrder.offset(resumeAt);
    delivered = Math.min(delivered, end);
    read = Math.min(read, end);
    deliveredKnown = Math.min(deliveredKnown, end);
    readKnown = Math.min(readKnown, end);
    int last = resumeAt.getOffset();
    others.replaceAll(
        (member, was) ->
            new ConversationEvent.Receipt(
                member, lower(was.deliveredOffset(), last), lower(was.readOffset(), last)));
  }

  /// This is another log than before. Returns what the server said of it when this member entered.
  List<ReceiptNotice> lost() {
    delivered = 0;
    read = 0;
    others.clear();
    return atEntry;
  }

  /// An envelope is here. One's own need no receipt.
  void received(Envelope envelope) {
    if (envelope.getMemberId() != self) {
      delivered = Math.max(delivered, LogOrder.offset(envelope.getPosition()));
    }
  }

  void read(long offset) {
    read = Math.max(read, offset);
  }

  /// Whether the server does not know yet how far this member has come.
  boolean isNews() {
    return delivered > deliveredKnown || read > readKnown;
  }

  /// What to tell the server; from here on it counts as known.
  ReceiptUpdate take() {
    deliveredKnown = Math.max(deliveredKnown, delivered);
    readKnown = Math.max(readKnown, read);
    return ReceiptUpdate.newBuilder()
        .setDeliveredOffset((int) deliveredKnown)
        .setReadOffset((int) readKnown)
        .build();
  }

  /// What there is to tell of another member, if anything.
  Optional<ConversationEvent.Receipt> news(ReceiptNotice notice) {
    int member = notice.getMemberId();
    if (member == self) {
      return Optional.empty();
    }
    var before = others.getOrDefault(member, new ConversationEvent.Receipt(member, 0, 0));
    var now =
        new ConversationEvent.Receipt(
            member,
            higher(before.deliveredOffset(), notice.getDeliveredOffset()),
            higher(before.readOffset(), notice.getReadOffset()));
    others.put(member, now);
    return now.equals(before) ? Optional.empty() : Optional.of(now);
  }

  private static int lower(int one, int other) {
    return Integer.compareUnsigned(one, other) <= 0 ? one : other;
  }

  private static int higher(int one, int other) {
    return Integer.compareUnsigned(one, other) >= 0 ? one : other;
  }
}
