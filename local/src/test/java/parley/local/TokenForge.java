package parley.local;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.AuthConfig;
import parley.platform.discovery.ServiceName;

/// Makes access tokens that are not what they should be: what a thief, a bug or a late client shows
/// at the door.
public final class TokenForge {
  private final Path keys;
  private final RandomGenerator random = new SecureRandom();

  private TokenForge(Path keys) {
    this.keys = keys;
  }

  /// With the true keys of a machine.
  public static TokenForge of(LocalMachine machine) {
    return new TokenForge(
        Path.of(machine.settings().of(ServiceName.IDENTITY, "forge").get("auth.keys")));
  }

  /// Signed with the true key, for this audience, over so long ago (negative: still good).
  public String sign(String audience, Duration overSince) {
    Duration life = Duration.ofMinutes(10);
    Clock clock = Clock.offset(Clock.systemUTC(), life.plus(overSince).negated());
    return AccessTokenSigner.open(keys, AuthConfig.DEFAULT_NAME, audience, clock)
        .sign(somebody(), life);
  }

  /// Signed with a key that nobody knows.
  public String forged(Path emptyFolder) {
    AccessKeyFiles.create(emptyFolder);
    return AccessTokenSigner.open(
            emptyFolder, AuthConfig.DEFAULT_NAME, AuthConfig.DEFAULT_NAME, Clock.systemUTC())
        .sign(somebody(), Duration.ofMinutes(10));
  }

  private Principal somebody() {
    return new Principal(
        ParticipantId.random(random),
        DeviceId.random(random),
        FamilyId.random(random),
        Cohort.ADULT,
        Gender.UNSTATED,
        MemberKind.PERSON);
  }
}
