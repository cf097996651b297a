package parley.relay;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import parley.domain.SessionId;

/// One of 256 parts into which sessions fall by the last byte of their ids, for ever. What lies in
/// one bucket is kept in one place, and looked after together.
public record Bucket(int number) {
  private static final int COUNT = 256;
  private static final int SESSION_BYTES = 16;

  public Bucket {
    if (number < 0 || number >= COUNT) {
      throw new IllegalArgumentException("bucket is " + number + ", expected 0 to " + (COUNT - 1));
    }
  }

  public static Bucket of(SessionId session) {
    return new Bucket(HexFormat.fromHexDigits(session.bucket()));
  }

  public static List<Bucket> all() {
    return IntStream.range(0, COUNT).mapToObj(Bucket::new).toList();
  }

  /// Two hex digits, as in the keys.
  public String text() {
    return HexFormat.of().toHexDigits((byte) number);
  }

  /// An id that lies in it: stands for the bucket where a session is asked for.
  SessionId someSession() {
    byte[] id = new byte[SESSION_BYTES];
    id[SESSION_BYTES - 1] = (byte) number;
    return SessionId.of(id);
  }

  @Override
  public String toString() {
    return text();
  }
}
