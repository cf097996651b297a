package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Principal;
import parley.testing.Eventually;
import parley.testing.HeldClock;

/// With the real pace of looking at files: a second.
class KeyRotationIT {
  @TempDir Path folder;

  /// A verifier that reads the files as they are now stands for one that saw a rotation first, an
  /// old one for one that saw it last.
  @Test
  void noTokenIsRefusedWhileKeysAreRotatedWhoeverSeesItFirst() throws InterruptedException {
    KeyDirectory keys = KeyDirectory.in(folder.resolve("keys"));
    AccessTokenSigner signer = keys.signer(Clock.systemUTC());
    AccessTokens old = keys.verifier(Clock.systemUTC());
    Set<String> keyIds = ConcurrentHashMap.newKeySet();
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    AtomicBoolean enough = new AtomicBoolean();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!enough.get()) {
                    try {
                      String token = signer.sign(Principals.anyone(), Duration.ofMinutes(1));
                      old.verify(token);
                      keys.verifier(Clock.systemUTC()).verify(token);
                      keyIds.add(keyId(token));
                    } catch (RuntimeException failure) {
                      refused.add(failure);
                    }
                  }
                });
    Eventually.holds("the first key signs", () -> keyIds.size() == 1);

    rotate(keys);
    Eventually.holds("the second key signs", () -> keyIds.size() == 2);
    enough.set(true);
    caller.join();

    assertThat(refused).isEmpty();
  }

  @Test
  void aRememberedTokenCountsNoMoreOnceItsKeyLeftTheSet() {
    KeyDirectory keys = KeyDirectory.in(folder.resolve("keys"));
    AccessTokens verifier = keys.verifier(Clock.systemUTC());
    Principal who = Principals.anyone();
    String token = keys.token(who, Clock.systemUTC());
    verifier.verify(token);

    rotate(keys);
    assertThat(verifier.cached(token)).contains(who);
    rotate(keys);

    Eventually.holds("the token is not taken from memory", () -> verifier.cached(token).isEmpty());
    assertThat(Reasons.of(() -> verifier.verify(token))).isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aSecretThatIsRotatedSealsWithoutARestart() {
    Path file = folder.resolve("seals.yaml");
    SealFiles.create(file);
    Seals open = Seals.open(file);
    byte[] before = open.seal(Purpose.PASS, new byte[8]);

    HeldClock later = HeldClock.atNow();
    later.pass(SealFiles.APART.plusMinutes(1));
    SealFiles.rotate(file, later);

    Eventually.holds(
        "another secret seals",
        () -> !java.util.Arrays.equals(before, open.seal(Purpose.PASS, new byte[8])));
    assertThat(open.open(Purpose.PASS, before)).isPresent();
  }

  private static void rotate(KeyDirectory keys) {
    HeldClock later = HeldClock.atNow();
    later.pass(AccessKeyFiles.APART.plusMinutes(1));
    AccessKeyFiles.rotate(keys.folder(), later);
  }

  private static String keyId(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getKeyID();
    } catch (ParseException notAToken) {
      throw new IllegalStateException(notAToken);
    }
  }
}
