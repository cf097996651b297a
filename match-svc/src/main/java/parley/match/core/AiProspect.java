package parley.match.core;

import java.time.Duration;

/// What somebody who waits may expect of AI peers.
public sealed interface AiProspect {
  /// None comes.
  record None() implements AiProspect {}

  /// One is asked for then.
  record In(Duration time) implements AiProspect {}

  /// One was asked for and none is free, or there; it is asked again from time to time.
  record Away() implements AiProspect {}
}
