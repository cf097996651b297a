package parley.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.proto.session.v1.ReadReceipts;

/// How a chat treats its input, and its peer.
///
/// @param kind who types
/// @param patience wait no longer for a peer; null for as long as the server lets one
/// @param linger stay so long after the input has ended
/// @param readReceipts whether the peer is told what was read here
record Manner(Kind kind, @Nullable Duration patience, Duration linger, ReadReceipts readReceipts) {
  enum Kind {
    /// Lines are acted on when they are typed; after an end, the person says what comes next.
    PERSON,
    /// Lines are acted on in order and wait for a peer; an end of the conversation is the end,
    /// unless the next line is `/next`.
    SCRIPT
  }
}
