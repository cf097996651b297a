package parley.envoy;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;

/// Access tokens, good and bad.
final class TestTokens {
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SplittableRandom random = new SplittableRandom(42);
  private final Path keys;

  /// Makes a key set in the directory.
  TestTokens(Path keys) {
    AccessKeyFiles.create(keys);
    this.keys = keys;
  }

  Path jwks() {
    return AccessKeyFiles.jwks(keys);
  }

  Principal someone() {
    return new Principal(
        ParticipantId.random(random),
        DeviceId.random(random),
        FamilyId.random(random),
        Cohort.ADULT,
        Gender.UNSTATED,
        MemberKind.PERSON);
  }

  String good() {
    return of(someone());
  }

  String of(Principal who) {
    return signer("parley").sign(who, LIFE);
  }

  /// Over since a minute: more than the skew that is forgiven.
  String expired() {
    return signer("parley").sign(someone(), Duration.ofMinutes(-1));
  }

  String forAnotherAudience() {
    return signer("elsewhere").sign(someone(), LIFE);
  }

  /// A good token whose claims were changed after it was signed.
  String forged() {
    List<String> mine = Splitter.on('.').splitToList(good());
    List<String> theirs = Splitter.on('.').splitToList(good());
    return mine.get(0) + "." + theirs.get(1) + "." + mine.get(2);
  }

  private AccessTokenSigner signer(String audience) {
    return AccessTokenSigner.open(keys, "parley", audience, Clock.systemUTC());
  }
}
