package parley.relay;

import java.time.Instant;

/// A message on its way into the log. The appending node chooses `check`, 31 random bits, so that
/// it knows its own entry again when a batch had to be sent twice.
///
/// @param attachment the stream it comes from; an older one than the member's newest is refused
/// @param sequence 1 for the member's first message of the session, then one more each
public record Draft(int member, long attachment, long sequence, int check, Instant at, Body body) {
  LogEntry at(long offset) {
    return new LogEntry(offset, check, member, sequence, at, body);
  }
}
