package parley.client.call;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/// Times as the wire has them, as Java has them.
public final class ProtoTimes {
  private ProtoTimes() {}

  public static Duration duration(com.google.protobuf.Duration wire) {
    return Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
  }

  public static Instant instant(Timestamp wire) {
    return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
  }
}
