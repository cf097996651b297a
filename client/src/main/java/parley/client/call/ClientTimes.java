package parley.client.call;

import java.time.Duration;

/// How long the client waits for what. The server's own times (heartbeats, acknowledging, waiting)
/// are not here: it tells them.
///
/// @param unaryDeadline for each try of a unary call
/// @param firstBackoff the most that is waited before the first new try
/// @param longestBackoff the most that is waited before any new try
/// @param enteredWithin a stream that says nothing at all for so long counts as cut
/// @param leaveWithin leaving waits so long for texts on their way and for the server's word
/// @param callGivesUpAfter a unary call is tried again for so long after it first found nobody
public record ClientTimes(
    Duration unaryDeadline,
    Duration firstBackoff,
    Duration longestBackoff,
    Duration enteredWithin,
    Duration leaveWithin,
    Duration callGivesUpAfter) {
  public static final ClientTimes DEFAULTS =
      new ClientTimes(
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15));
}
