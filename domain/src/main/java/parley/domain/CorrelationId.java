package parley.domain;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Follows one match through ticket, grant, session and the logs of all services. Made by the
/// client or, if it sends none or a malformed one, by the first service that is called.
public record CorrelationId(String text) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  public CorrelationId {
    if (!isCorrelationId(text)) {
      throw new IllegalArgumentException(
          "correlation id is '" + text + "', expected 8 to 64 of A-Z, a-z, 0-9, '_' and '-'");
    }
  }

  public static boolean isCorrelationId(String text) {
    return SHAPE.matcher(text).matches();
  }

  public static CorrelationId random(RandomGenerator random) {
    return new CorrelationId(Base64Id.encode(Base64Id.randomBytes(random, 12)));
  }

  @Override
  public String toString() {
    return text;
  }
}
