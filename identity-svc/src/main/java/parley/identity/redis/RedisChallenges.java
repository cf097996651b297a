package parley.identity.redis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import parley.identity.core.Nonce;
import parley.identity.core.port.Challenges;
import parley.platform.redis.LuaScript;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;

/// One counter for all nodes, and a key for each nonce that was spent while it would still count.
final class RedisChallenges implements Challenges {
  private static final LuaScript COUNT =
      LuaScript.resource(RedisChallenges.class, "guest_count.lua");
  private static final LuaScript SPEND =
      LuaScript.resource(RedisChallenges.class, "nonce_spend.lua");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ScriptQueue scripts;
  private final IdentityKeys keys;
  private final RandomGenerator random;

  RedisChallenges(ScriptQueue scripts, String prefix, RandomGenerator random) {
    this.scripts = scripts;
    this.keys = new IdentityKeys(prefix);
    this.random = random;
  }

  @Override
  public Pace pace() {
    return count(0);
  }

  @Override
  public void countGuest() {
    count(1);
  }

  @Override
  public boolean spend(Nonce nonce, Duration life) {
    byte[] attempt = Args.of(random.nextLong());
    Object reply =
        scripts.run(
            new ScriptCall(
                SPEND,
                List.of(keys.spent(nonce)),
                List.of(Args.of(nonce.madeAtMillis()), Args.millis(life), attempt)));
    return Objects.requireNonNull(reply).equals(1L);
  }

  private Pace count(int add) {
    Object reply =
        scripts.run(
            new ScriptCall(
                COUNT, List.of(keys.guestsOfMinute()), List.of(Args.of(add), Args.millis(MINUTE))));
    List<?> answer = (List<?>) Objects.requireNonNull(reply);
    return new Pace((Long) answer.getFirst(), (Long) answer.getLast());
  }
}
