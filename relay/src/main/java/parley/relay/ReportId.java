package parley.relay;

import java.util.Arrays;
import java.util.HexFormat;

/// Names one report: 16 bytes, the same for the same report however often it is made.
public final class ReportId {
  private static final int BYTES = 16;
  private final byte[] bytes;

  private ReportId(byte[] bytes) {
    this.bytes = bytes;
  }

  public static ReportId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "report id has " + bytes.length + " bytes, expected " + BYTES);
    }
    return new ReportId(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// 32 hex digits.
  public String text() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReportId id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text();
  }
}
