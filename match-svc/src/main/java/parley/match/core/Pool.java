package parley.match.core;

import java.util.Locale;
import parley.domain.Mode;

/// Who is paired with whom at all: people of different pools never meet.
public record Pool(Mode mode, String intent) {
  public Pool {
    if (!intent.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "intent is '" + intent + "', expected 1 to 32 of a-z, 0-9 and '-'");
    }
  }

  /// As in Redis keys: `text.talk`.
  public String text() {
    return mode.name().toLowerCase(Locale.ROOT) + "." + intent;
  }
}
