package parley.identity.redis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.identity.core.port.FamilyNumbers;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisStore;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;

/// A family is one key: the highest number presented, fading after the idle time.
final class RedisFamilyNumbers implements FamilyNumbers {
  private static final LuaScript ADVANCE =
      LuaScript.resource(RedisFamilyNumbers.class, "family_advance.lua");

  /// As `family_advance.lua` writes it.
  private static final byte[] CLOSED = Args.of("reused");

  private static final long OVER = 0;
  private static final long REUSED = -1;

  private final RedisCommands commands;
  private final ScriptQueue scripts;
  private final IdentityKeys keys;

  RedisFamilyNumbers(RedisStore store, ScriptQueue scripts, String prefix) {
    this.commands = new RedisCommands(store);
    this.scripts = scripts;
    this.keys = new IdentityKeys(prefix);
  }

  @Override
  public void begin(FamilyId family, DeviceId device, Duration idle) {
    commands.set(keys.family(family, device), Args.of(0), idle);
  }

  @Override
  public Advance advance(FamilyId family, DeviceId device, long presented, Duration idle) {
    Object reply =
        scripts.run(
            new ScriptCall(
                ADVANCE,
                List.of(keys.family(family, device)),
                List.of(Args.of(presented), Args.millis(idle))));
    long successor = (Long) Objects.requireNonNull(reply);
    if (successor == OVER) {
      return new Advance.Over();
    }
    return successor == REUSED ? new Advance.Reused() : new Advance.Advanced(successor);
  }

  @Override
  public void close(FamilyId family, DeviceId device, Duration idle) {
    commands.set(keys.family(family, device), CLOSED, idle);
  }

  @Override
  public void end(FamilyId family, DeviceId device) {
    commands.delete(keys.family(family, device));
  }
}
