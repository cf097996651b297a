package parley.identity.redis;

import java.util.List;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;
import parley.identity.core.port.RevocationLog;
import parley.platform.auth.Revocation;
import parley.platform.auth.RevocationStream;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;

/// The writing end of [RevocationStream].
final class RedisRevocationLog implements RevocationLog {
  private static final LuaScript APPEND =
      LuaScript.resource(RedisRevocationLog.class, "revocation_append.lua");

  private final ScriptQueue scripts;
  private final byte[] stream;

  RedisRevocationLog(ScriptQueue scripts, RedisConfig redis) {
    this.scripts = scripts;
    this.stream = Args.of(RevocationStream.key(redis));
  }

  @Override
  public void revoke(FamilyId family) {
    append(Revocation.of(family));
  }

  @Override
  public void revoke(ParticipantId participant) {
    append(Revocation.of(participant));
  }

  @Override
  public void revoke(DeviceId device) {
    append(Revocation.of(device));
  }

  private void append(Revocation revocation) {
    scripts.run(
        new ScriptCall(
            APPEND,
            List.of(stream),
            List.of(
                Args.of(RevocationStream.FIELD),
                RevocationStream.write(revocation),
                Args.millis(RevocationStream.KEPT))));
  }
}
