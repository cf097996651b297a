package parley.identity.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.identity.core.Nonce;
import parley.testing.TestRedis;
import parley.testing.TestRedisCluster;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/// Each script as it is, on three masters: ids are random, so every master gets some.
class ScriptsOnClusterIT {
  private static final int TIMES = 10;
  private static final String DAY = "86400000";
  private static RedisClusterClient cluster;

  private final SecureRandom random = new SecureRandom();
  private final String prefix = TestRedis.prefix();
  private final IdentityKeys keys = new IdentityKeys(prefix);
  private final DeviceId device = DeviceId.random(random);

  @BeforeAll
  static void open() {
    cluster =
        RedisClusterClient.builder()
            .nodes(
                TestRedisCluster.shared().stream()
                    .map(HostAndPort::from)
                    .collect(Collectors.toSet()))
            .build();
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @RepeatedTest(TIMES)
  void aFamilyAdvances() {
    byte[] family = keys.family(FamilyId.random(random), device);
    cluster.set(family, "0".getBytes(UTF_8));

    assertThat(run("family_advance.lua", family, "1", DAY)).isEqualTo(2L);
    assertThat(run("family_advance.lua", family, "2", DAY)).isEqualTo(3L);
    assertThat(run("family_advance.lua", family, "1", DAY)).isEqualTo(-1L);
  }

  @RepeatedTest(TIMES)
  void aGenderIsDeclared() {
    List<?> declared = (List<?>) run("gender_declare.lua", keys.gender(device), "MAN", "", DAY);

    assertThat(declared.getFirst()).isEqualTo("MAN".getBytes(UTF_8));
  }

  @RepeatedTest(TIMES)
  void aGuestIsCountedByAnyMasterSClock() {
    IdentityKeys others = new IdentityKeys(prefix + random.nextInt());

    List<?> counted = (List<?>) run("guest_count.lua", others.guestsOfMinute(), "1", "60000");

    assertThat(counted.getFirst()).isEqualTo(1L);
  }

  @RepeatedTest(TIMES)
  void aNonceIsSpent() {
    byte[] id = new byte[Nonce.ID_BYTES];
    random.nextBytes(id);
    Nonce nonce = new Nonce(java.util.HexFormat.of().formatHex(id), System.currentTimeMillis(), 0);

    assertThat(run("nonce_spend.lua", keys.spent(nonce), millis(nonce), DAY, "one")).isEqualTo(1L);
    assertThat(run("nonce_spend.lua", keys.spent(nonce), millis(nonce), DAY, "one"))
        .as("the same attempt again")
        .isEqualTo(1L);
    assertThat(run("nonce_spend.lua", keys.spent(nonce), millis(nonce), DAY, "two")).isEqualTo(0L);
  }

  @RepeatedTest(TIMES)
  void aRevocationIsAppended() {
    byte[] stream = (prefix + random.nextInt() + "revocations").getBytes(UTF_8);

    run("revocation_append.lua", stream, "r", "value", "3600000");

    assertThat(cluster.xlen(stream)).isEqualTo(1);
  }

  private static String millis(Nonce nonce) {
    return Long.toString(nonce.madeAtMillis());
  }

  private static Object run(String script, byte[] key, String... args) {
    List<byte[]> bytes = Arrays.stream(args).map(arg -> arg.getBytes(UTF_8)).toList();
    try (InputStream source = RedisMemory.class.getResourceAsStream(script)) {
      return cluster.eval(Objects.requireNonNull(source).readAllBytes(), List.of(key), bytes);
    } catch (IOException unreadable) {
      throw new IllegalStateException(script, unreadable);
    }
  }
}
