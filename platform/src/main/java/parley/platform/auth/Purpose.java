package parley.platform.auth;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a seal is for. Part of what is sealed and never sent, so that one kind of token never
/// passes for another. The names are fixed for as long as sealed bytes live outside.
public enum Purpose {
  GRANT,
  PASS,
  REFRESH,
  NONCE,
  CURSOR;

  private final String label = name().toLowerCase(Locale.ROOT);

  byte[] label() {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
