package parley.client.search;

import com.google.protobuf.ByteString;
import java.time.Duration;
import parley.client.call.ProtoTimes;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Mode;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.Receipt;

/// Somebody to talk to, and the permission to enter.
///
/// @param enterWithin the grant is of no use later
/// @param keepsLooking the peer is an AI, and the ticket stays in line: see [Companionship]
/// @param ticketId of the search that found it; empty if the inbox told of it
/// @param keepWaitingEvery how often a ticket that stays in line needs a sign of life
/// @param correlationId of the search that found it, under which its calls go on
public record Match(
    String sessionId,
    ByteString grant,
    Duration enterWithin,
    Receipt receipt,
    MemberKind peerKind,
    Mode mode,
    int attempt,
    boolean keepsLooking,
    String ticketId,
    Duration keepWaitingEvery,
    String correlationId) {
  /// As the inbox of a conversation told it.
  public static Match of(Matched matched, String correlationId) {
    return of(matched, "", Duration.ZERO, correlationId);
  }

  static Match of(
      Matched matched, String ticketId, Duration keepWaitingEvery, String correlationId) {
    return new Match(
        matched.getSessionId(),
        matched.getGrant(),
        ProtoTimes.duration(matched.getEnterWithin()),
        matched.getReceipt(),
        matched.getPeerKind(),
        matched.getMode(),
        matched.getAttempt(),
        matched.getKeepsLooking(),
        ticketId,
        keepWaitingEvery,
        correlationId);
  }
}
