package parley.client.conversation;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.ReadReceipts;

/// What a client keeps to come back to a conversation after a reload. Belongs to one tab: two
/// clients with one state take the conversation from each other.
///
/// @param credential the pass, or the grant if the conversation was never entered
/// @param position null before anything was seen
/// @param nextSequence of the first text in `unsent`, or of the next text
/// @param unsent not known to be stored; sent again unless the server has them
/// @param written how many texts were written so far
/// @param readReceipts whether this member tells what it has read; unspecified for as before
/// @param inbox what was seen of the participant's inbox; null before anything
public record ConversationState(
    String sessionId,
    Credential credential,
    @Nullable Position position,
    int nextSequence,
    List<OwnText> unsent,
    long written,
    String correlationId,
    ReadReceipts readReceipts,
    @Nullable Position inbox) {
  public ConversationState {
    unsent = List.copyOf(unsent);
  }

  /// To enter for the first time.
  ///
  /// @param correlationId of the match; empty if none is known
  public static ConversationState toEnter(
      String sessionId, ByteString grant, String correlationId, ReadReceipts readReceipts) {
    return new ConversationState(
        sessionId,
        new GrantToEnter(grant),
        null,
        1,
        List.of(),
        0,
        correlationId,
        readReceipts,
        null);
  }

  /// What opens the door to a session.
  public sealed interface Credential {
    ByteString bytes();
  }

  /// For the first time, for a short time.
  public record GrantToEnter(ByteString bytes) implements Credential {}

  /// For coming back.
  public record PassToReturn(ByteString bytes) implements Credential {}
}
