package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.testing.LivingThreads;
import redis.clients.jedis.Jedis;

/// What a process does before its node is there.
class RehearsalIT {
  private static final NodeContext NODE = NodeContext.of(new NodeId("session-practising"));

  @Test
  void membersOfItsOwnComeBackAndNothingOfThemStays() {
    try (Sessions sessions = new Sessions();
        Jedis redis = sessions.jedis()) {
      SessionConfig config = sessions.config("session-practising", within("1ms"));

      int rounds = Rehearsal.hold(config, NODE);

      assertThat(rounds).isEqualTo(1);
      Set<String> keys = redis.keys(sessions.prefix() + "*");
      assertThat(keys)
          .as("sessions and inboxes, which expire; nothing that is looked at or fetched")
          .isNotEmpty()
          .allMatch(key -> key.startsWith(sessions.prefix() + "rehearsal:{s"))
          .noneMatch(key -> key.matches(".*}(due|out|tick)"))
          .allSatisfy(
              key -> assertThat(redis.pttl(key)).as("or gone").isNotEqualTo(-1).isLessThan(60_001));
      assertThat(LivingThreads.named("session-practising").values()).isEmpty();
      assertThat(LivingThreads.named("rehearsal-").values()).isEmpty();
    }
  }

  @Test
  void withoutRedisTheNodeStartsWithout() {
    try (Sessions nowhere = new Sessions("127.0.0.1:1")) {
      SessionConfig config = nowhere.config("session-practising", within("1s"));

      assertThat(Rehearsal.hold(config, NODE)).isZero();
    }
  }

  @Test
  void whoDoesNotWantToDoesNotRehearse() {
    try (Sessions nowhere = new Sessions("127.0.0.1:1")) {
      SessionConfig config = nowhere.config("session-practising", within("0s"));

      assertThat(config.rehearsal()).isEqualTo(Duration.ZERO);
      assertThat(Rehearsal.hold(config, NODE)).isZero();
    }
  }

  private static Map<String, String> within(String time) {
    return Map.of("rehearsal.within", time);
  }
}
