package parley.match.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/// Reads what scripts store: fixed text, then bytes. The layouts stand in `ticket_record.lua`.
final class RecordText {
  private final byte[] bytes;
  private int at;

  RecordText(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The next characters, which are ASCII.
  String text(int length) {
    String text = new String(bytes, at, length, StandardCharsets.US_ASCII);
    at += length;
    return text;
  }

  int number(int length) {
    return Integer.parseInt(text(length));
  }

  long micros() {
    return Long.parseLong(text(16));
  }

  Instant moment() {
    return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
  }

  void skip(int length) {
    at += length;
  }

  byte[] next(int length) {
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  byte[] rest() {
    return next(bytes.length - at);
  }
}
