package parley.client.conversation;

import java.time.Instant;
import java.util.Optional;
import parley.client.call.ProtoTimes;
import parley.proto.session.v1.Envelope;

/// What an envelope says.
final class Words {
  private Words() {}

  /// Empty if it says nothing in a conversation, or what only a later contract knows.
  static Optional<ConversationEvent.Said> of(Envelope envelope) {
    Instant at = ProtoTimes.instant(envelope.getAt());
    return switch (envelope.getContentCase()) {
      case TEXT ->
          Optional.of(
              new ConversationEvent.Message(
                  envelope.getPosition(),
                  envelope.getMemberId(),
                  envelope.getKind(),
                  at,
                  envelope.getText()));
      case DISCLOSURE ->
          Optional.of(
              new ConversationEvent.Disclosure(
                  envelope.getPosition(), at, envelope.getDisclosure()));
      case NOTICE, CONTENT_NOT_SET -> Optional.empty();
    };
  }
}
