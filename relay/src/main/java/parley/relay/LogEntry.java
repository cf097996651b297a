package parley.relay;

import java.time.Instant;
import parley.domain.Position;

/// One committed message: where it stands, who wrote it as their how-manieth, and when the node
/// that appended it did so (for people to read; nothing is decided by it).
public record LogEntry(long offset, int check, int member, long sequence, Instant at, Body body) {
  public Position position(int epoch) {
    return new Position(epoch, offset, check);
  }
}
