package parley.client.call;

import com.google.common.io.BaseEncoding;
import io.grpc.Channel;
import java.util.random.RandomGenerator;

/// The way to the server: a channel of one face, and what every caller of it needs.
///
/// @param random thread-safe; for jitter and for ids
/// @param hurry makes the channel connect now: left alone, one that failed for long waits for up to
///   two minutes, whatever its callers do
public record Door(
    Channel channel, Face face, ClientTimes times, RandomGenerator random, Runnable hurry) {
  private static final int ID_BYTES = 12;

  public Backoff backoff() {
    return new Backoff(times.firstBackoff(), times.longestBackoff(), random);
  }

  /// 16 characters that nobody else will draw.
  public String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return BaseEncoding.base64Url().encode(id);
  }
}
