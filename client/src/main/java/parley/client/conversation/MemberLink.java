package parley.client.conversation;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.TextOutcome;

/// One attachment of a member: frames up, frames down, over one face. All methods are called on the
/// conversation's thread.
sealed interface MemberLink permits NativeLink, WebLink {
  /// After the first frame: the server's names and times for this attachment.
  void entered(Entered facts);

  /// Frames go up in this order.
  void send(List<ClientFrame> frames);

  /// True if each text is answered on the stream, once and in order; else by `Events.answers`, and
  /// the stream may repeat what is stored.
  boolean answersOnStream();

  /// The server wants to hear that this client lives.
  void answerHeartbeat();

  /// A frame was dealt with: one more may come.
  void more();

  /// Lets go without leaving. No event of this link counts afterwards.
  void cut();

  /// What comes of a link, on the conversation's thread.
  interface Events {
    void frame(MemberLink from, ServerFrame frame);

    /// Answers that came beside the stream.
    void answers(MemberLink from, List<TextOutcome> outcomes);

    /// The last event of a link.
    void stopped(MemberLink from, Status status, @Nullable Metadata trailers);
  }
}
