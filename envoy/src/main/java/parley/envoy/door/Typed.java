package parley.envoy.door;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/// Small values in Envoy's wrappers.
final class Typed {
  private Typed() {}

  static Any any(Message message) {
    return Any.pack(message);
  }

  static Duration duration(java.time.Duration duration) {
    return Durations.fromNanos(duration.toNanos());
  }

  static UInt32Value number(int value) {
    return UInt32Value.of(value);
  }

  static StringMatcher exact(String text) {
    return StringMatcher.newBuilder().setExact(text).build();
  }

  static StringMatcher prefix(String text) {
    return StringMatcher.newBuilder().setPrefix(text).build();
  }

  static StringMatcher regex(String pattern) {
    return StringMatcher.newBuilder()
        .setSafeRegex(RegexMatcher.newBuilder().setRegex(pattern))
        .build();
  }
}
