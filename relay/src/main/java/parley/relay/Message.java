package parley.relay;

import java.time.Instant;

/// What a member wants in the log; see [Draft].
public record Message(int member, long attachment, long sequence, Body body) {
  Draft draft(int check, Instant at) {
    return new Draft(member, attachment, sequence, check, at, body);
  }
}
