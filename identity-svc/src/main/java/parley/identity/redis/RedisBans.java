package parley.identity.redis;

import java.time.Duration;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.identity.core.port.Bans;
import parley.platform.redis.RedisStore;

/// A ban is a key that is there for as long as it lasts.
final class RedisBans implements Bans {
  private final RedisCommands commands;
  private final IdentityKeys keys;

  RedisBans(RedisStore store, String prefix) {
    this.commands = new RedisCommands(store);
    this.keys = new IdentityKeys(prefix);
  }

  @Override
  public void ban(ParticipantId participant, Duration lasts) {
    commands.mark(keys.ban(participant), lasts);
  }

  @Override
  public void ban(DeviceId device, Duration lasts) {
    commands.mark(keys.ban(device), lasts);
  }

  @Override
  public boolean banned(ParticipantId participant) {
    return commands.exists(keys.ban(participant));
  }

  @Override
  public Optional<Duration> left(DeviceId device) {
    return Optional.of(commands.left(keys.ban(device))).filter(Duration::isPositive);
  }
}
