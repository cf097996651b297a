package parley.platform.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.NodeId;
import parley.domain.Principal;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.Eventually;
import parley.testing.TestRedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

class RevocationsIT {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final Lifecycle lifecycle = new Lifecycle();
  private final Principal who = Principals.anyone();
  private final List<Revocation> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void aRevocationReachesEveryFollowerWithinASecond() {
    RedisConfig redis = shared();
    Revocations one = follow(redis);
    Revocations other = follow(redis);
    one.onRevoked(heard::add);
    assertThat(one.revoked(who)).isFalse();

    append(redis, Revocation.of(who.family()));

    Eventually.holds("both know", SECOND, () -> one.revoked(who) && other.revoked(who));
    Eventually.holds(
        "the listener was told once",
        SECOND,
        () -> heard.equals(List.of(Revocation.of(who.family()))));
  }

  @Test
  void familyParticipantAndDeviceEachCoverTheirOwn() {
    RedisConfig redis = shared();
    Revocations revocations = follow(redis);
    Principal second = Principals.anyone();
    Principal third = Principals.anyone();

    append(redis, Revocation.of(who.participant()));
    append(redis, Revocation.of(second.device()));

    Eventually.holds(
        "both are revoked", () -> revocations.revoked(who) && revocations.revoked(second));
    assertThat(revocations.revoked(third)).isFalse();
  }

  @Test
  void whoComesLaterKnowsWhatStillMattersWhenItStarts() {
    RedisConfig redis = shared();
    append(redis, Revocation.of(who.family()));

    Revocations late = follow(redis);

    assertThat(late.revoked(who)).isTrue();
    assertThat(late.unreadFor()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whatIsOlderThanAnHourMattersNoMore() {
    RedisConfig redis = shared();
    long old = System.currentTimeMillis() - RevocationStream.KEPT.plusSeconds(1).toMillis();
    append(redis, Revocation.of(who.family()), new StreamEntryID(old));
    append(redis, Revocation.of(who.device()), new StreamEntryID(old + 1));

    assertThat(follow(redis).revoked(who)).isFalse();
  }

  @Test
  void anEntryOfAnUnknownKindStopsNobody() {
    RedisConfig redis = shared();
    Revocations revocations = follow(redis);
    try (RedisClient client = client(redis)) {
      client.xadd(
          RevocationStream.key(redis).getBytes(UTF_8),
          Map.of("r".getBytes(UTF_8), new byte[] {1, 2, 3}),
          XAddParams.xAddParams());
      client.xadd(RevocationStream.key(redis), Map.of("other", "field"), XAddParams.xAddParams());
    }

    append(redis, Revocation.of(who.family()));

    Eventually.holds("the next entry is read", () -> revocations.revoked(who));
  }

  @Test
  void aListenerThatFailsStopsNobody() {
    RedisConfig redis = shared();
    Revocations revocations = follow(redis);
    revocations.onRevoked(
        _ -> {
          throw new IllegalStateException("listener at fault");
        });
    revocations.onRevoked(heard::add);

    append(redis, Revocation.of(who.family()));
    append(redis, Revocation.of(who.device()));

    Eventually.holds("the other listener heard both", () -> heard.size() == 2);
  }

  @Test
  void followingSurvivesARestartOfRedisAndSaysForHowLongItWasDeaf() {
    RedisServer first = RedisServer.start(RedisOptions.kept(folder, 0));
    RedisConfig redis = new RedisConfig(HostPort.parse(first.address()), "");
    Revocations revocations = follow(redis);
    revocations.onRevoked(heard::add);
    append(redis, Revocation.of(who.family()));
    Eventually.holds("the first is heard", () -> heard.size() == 1);

    first.close();
    Eventually.holds(
        "two seconds without a word",
        () -> revocations.unreadFor().compareTo(SECOND.multipliedBy(2)) > 0);
    assertThat(revocations.revoked(who)).as("what was known stays").isTrue();
    lifecycle.own(RedisServer.start(RedisOptions.kept(folder, first.port())));
    Principal second = Principals.anyone();
    append(redis, Revocation.of(second.device()));

    Eventually.holds("the second is heard", () -> revocations.revoked(second));
    assertThat(revocations.unreadFor()).isLessThan(SECOND.multipliedBy(2));
    assertThat(heard)
        .as("each once, though the stream was read from its start again")
        .containsExactly(Revocation.of(who.family()), Revocation.of(second.device()));
  }

  @Test
  void withoutRedisANodeStartsAndSaysThatItKnowsNothing() {
    RedisServer gone = RedisServer.start(RedisOptions.fleeting());
    gone.close();

    Revocations revocations = follow(new RedisConfig(HostPort.parse(gone.address()), ""));

    assertThat(revocations.unreadFor()).isGreaterThan(Duration.ofMinutes(1));
    assertThat(revocations.revoked(who)).isFalse();
  }

  @Test
  void closingLeavesNoThread() {
    Revocations revocations = follow(shared());

    revocations.close();

    Duration then = revocations.unreadFor();
    Eventually.holds(
        "nobody reads any more",
        () -> revocations.unreadFor().compareTo(then.plus(Duration.ofMillis(1200))) > 0);
  }

  private Revocations follow(RedisConfig redis) {
    return lifecycle.own(Revocations.follow(redis, NodeContext.of(new NodeId("test-1"))));
  }

  private static RedisConfig shared() {
    return new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  }

  private static void append(RedisConfig redis, Revocation revocation) {
    append(redis, revocation, StreamEntryID.NEW_ENTRY);
  }

  private static void append(RedisConfig redis, Revocation revocation, StreamEntryID id) {
    try (RedisClient client = client(redis)) {
      client.xadd(
          RevocationStream.key(redis).getBytes(UTF_8),
          Map.of(RevocationStream.FIELD.getBytes(UTF_8), RevocationStream.write(revocation)),
          XAddParams.xAddParams().id(id));
    }
  }

  private static RedisClient client(RedisConfig redis) {
    return RedisClient.create(redis.address().host(), redis.address().port());
  }
}
