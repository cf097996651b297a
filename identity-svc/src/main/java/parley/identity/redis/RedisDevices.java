package parley.identity.redis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.identity.core.GenderInForce;
import parley.identity.core.port.Devices;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisStore;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;

/// What a device said and was told lately: keys that fade.
final class RedisDevices implements Devices {
  private static final LuaScript DECLARE =
      LuaScript.resource(RedisDevices.class, "gender_declare.lua");
  private static final String NONE = "";

  private final RedisCommands commands;
  private final ScriptQueue scripts;
  private final IdentityKeys keys;

  RedisDevices(RedisStore store, ScriptQueue scripts, String prefix) {
    this.commands = new RedisCommands(store);
    this.scripts = scripts;
    this.keys = new IdentityKeys(prefix);
  }

  @Override
  public void rememberAgeRefusal(DeviceId device, Duration kept) {
    commands.mark(keys.ageRefusal(device), kept);
  }

  @Override
  public boolean refusedForAge(DeviceId device) {
    return commands.exists(keys.ageRefusal(device));
  }

  @Override
  public GenderInForce stateGender(DeviceId device, Gender stated, Duration kept) {
    return declare(device, stated.name(), NONE, kept);
  }

  @Override
  public GenderInForce changeGender(
      DeviceId device, Gender before, Optional<Gender> asked, Duration kept) {
    return declare(device, asked.map(Gender::name).orElse(NONE), before.name(), kept);
  }

  private GenderInForce declare(DeviceId device, String asked, String before, Duration kept) {
    Object reply =
        scripts.run(
            new ScriptCall(
                DECLARE,
                List.of(keys.gender(device)),
                List.of(Args.of(asked), Args.of(before), Args.millis(kept))));
    List<?> answer = (List<?>) Objects.requireNonNull(reply);
    return new GenderInForce(
        Gender.valueOf(Args.text(answer.getFirst())), Duration.ofMillis((Long) answer.getLast()));
  }
}
