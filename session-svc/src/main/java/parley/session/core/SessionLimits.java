package parley.session.core;

import java.time.Duration;

/// The product's limits of a conversation.
///
/// @param paceBurst texts at once
/// @param pacePerSecond texts a second after that
/// @param acknowledgeEvery what clients of Open are asked for
/// @param maxAge after which a stream is renewed, give or take a tenth
/// @param enterWithin how long a stream may stand without `enter`
/// @param outstanding frames a client may send ahead of their outcomes
public record SessionLimits(
    int maxCodePoints,
    int maxBytes,
    int paceBurst,
    int pacePerSecond,
    Duration heartbeatEvery,
    Duration acknowledgeEvery,
    Duration maxAge,
    Duration enterWithin,
    int outstanding) {
  public static final SessionLimits DEFAULTS =
      new SessionLimits(
          4_000,
          16 * 1024,
          20,
          5,
          Duration.ofSeconds(25),
          Duration.ofSeconds(20),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          32);
}
