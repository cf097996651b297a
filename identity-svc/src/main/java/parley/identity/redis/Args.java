package parley.identity.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/// How arguments of scripts are written, and replies read.
final class Args {
  private Args() {}

  static byte[] of(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] of(long number) {
    return of(Long.toString(number));
  }

  static byte[] millis(Duration duration) {
    return of(duration.toMillis());
  }

  static String text(Object bulk) {
    return new String((byte[]) bulk, UTF_8);
  }
}
