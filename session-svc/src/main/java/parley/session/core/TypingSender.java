package parley.session.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.domain.SessionId;
import parley.relay.Body;
import parley.relay.Relay;
import parley.session.core.port.Timers;

/// The way of "is writing" to the others, the same from both faces: each member at most every two
/// seconds, whatever it sends. What comes sooner is dropped. Thread-safe.
final class TypingSender {
  /// How long it lives with the others.
  static final Duration LIVES = Duration.ofSeconds(5);

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int REMEMBERED = 100_000;
  private static final Body NO_BODY = Body.of(new byte[0]);

  private final Relay relay;
  private final Timers timers;
  private final LinkedHashMap<Typist, Duration> typed = new LinkedHashMap<>();

  TypingSender(Relay relay, Timers timers) {
    this.relay = relay;
    this.timers = timers;
  }

  void typing(Admission member, long attachment) {
    if (isTime(new Typist(member.session(), member.member()))) {
      relay.murmur(member.session(), member.member(), attachment, NO_BODY);
    }
  }

  private synchronized boolean isTime(Typist typist) {
    Duration now = timers.now();
    Duration before = typed.get(typist);
    if (before != null && now.minus(before).compareTo(EVERY) < 0) {
      return false;
    }
    typed.remove(typist);
    typed.put(typist, now);
    forgetOld(now);
    return true;
  }

  /// The oldest come first; one more comes at a time, so two less keep it short.
  private void forgetOld(Duration now) {
    for (int i = 0; i < 2; i++) {
      Map.Entry<Typist, Duration> oldest = typed.firstEntry();
      if (now.minus(oldest.getValue()).compareTo(EVERY) >= 0 || typed.size() > REMEMBERED) {
        typed.pollFirstEntry();
      }
    }
  }

  private record Typist(SessionId session, int member) {}
}
