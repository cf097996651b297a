package parley.client.call;

import io.grpc.Channel;
import java.util.random.RandomGenerator;

/// The way to the server: a channel of one face, and what every caller of it needs.
///
/// @param random thread-safe; for jitter and for ids
/// @param hurry makes the channel connect now: left alone, one that failed for long waits for up to
///   two minutes, whatever its callers do
public record Door(
    Channel channel, Face face, ClientTimes times, RandomGenerator random, Runnable hurry) {
  public Backoff backoff() {
    return new Backoff(times.firstBackoff(), times.longestBackoff(), random);
  }
}
