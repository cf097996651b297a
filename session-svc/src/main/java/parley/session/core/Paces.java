package parley.session.core;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.domain.SessionId;

/// The pace of each sender this node heard lately, whichever face it speaks through. Thread-safe.
final class Paces {
  private static final int REMEMBERED = 100_000;

  private final SessionLimits limits;
  private final InstantSource clock;
  private final Map<Sender, Pace> paces =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sender, Pace> eldest) {
          return size() > REMEMBERED;
        }
      };

  Paces(SessionLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  synchronized Pace of(SessionId session, int member) {
    return paces.computeIfAbsent(
        new Sender(session, member), _ -> new Pace(limits, clock.instant()));
  }

  private record Sender(SessionId session, int member) {}
}
