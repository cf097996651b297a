package parley.session;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Revocation;
import parley.platform.auth.RevocationStream;
import parley.platform.auth.SealFiles;
import parley.platform.auth.Seals;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;
import parley.proto.token.v1.AiDisclosure;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;
import parley.relay.redis.RelayKeys;
import parley.testing.TestRedis;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

/// One installation of session-svc for a test: keys, nodes, people and what match-svc would give
/// them.
final class Sessions implements AutoCloseable {
  static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  private final Lifecycle lifecycle = new Lifecycle();
  private final Map<SessionNode, MeterRegistry> meters = new HashMap<>();
  private final String prefix = TestRedis.prefix();
  private final String redis;
  private final Path jwks;
  private final Path sealFile;
  private final Seals seals;
  private final AccessTokenSigner signer;

  Sessions() {
    this(TestRedis.shared());
  }

  Sessions(String redis) {
    this.redis = redis;
    Path keys = temporary();
    AccessKeyFiles.create(keys);
    jwks = AccessKeyFiles.jwks(keys);
    sealFile = keys.resolve("seals.yaml");
    SealFiles.create(sealFile);
    seals = Seals.open(sealFile);
    signer = AccessTokenSigner.open(keys, "parley", "parley", Clock.systemUTC());
  }

  RedisConfig redis() {
    return new RedisConfig(HostPort.parse(redis), prefix);
  }

  String factsKey(Pair pair) {
    return new String(new RelayKeys(prefix).facts(pair.session()), StandardCharsets.UTF_8);
  }

  String prefix() {
    return prefix;
  }

  Jedis jedis() {
    HostPort address = HostPort.parse(redis);
    return new Jedis(address.host(), address.port());
  }

  SessionNode node(String id) {
    return node(id, Map.of());
  }

  SessionNode node(String id, Map<String, String> more) {
    SessionConfig config = config(id, more);
    NodeContext context = NodeContext.of(new NodeId(id));
    SessionNode node = lifecycle.own(SessionNode.start(config, context));
    meters.put(node, context.meters());
    return node;
  }

  SessionConfig config(String id, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("node.id", id);
    values.put("redis.address", redis);
    values.put("redis.prefix", prefix);
    values.put("auth.jwks", jwks.toString());
    values.put("auth.seals", sealFile.toString());
    values.put("drain.door-pause", "1ms");
    values.put("drain.spread", "1ms");
    values.put("relay.compare-every", "200ms");
    values.putAll(more);
    return SessionConfig.read(Settings.of(values));
  }

  /// What `/metrics` of a node says.
  String metrics(SessionNode node) {
    HostPort at = node.adminHttp();
    URI page = URI.create("http://" + at + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// How many of its streams a node ended for this reason.
  double ended(SessionNode node, String reason) {
    var counter =
        meters.get(node).find("parley.session.streams.ended").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  /// What a node counted; 0 if it never did.
  double counted(SessionNode node, String counter, String... tags) {
    var found = meters.get(node).find(counter).tags(tags).counter();
    return found == null ? 0 : found.count();
  }

  /// A match of two new people.
  Pair pair() {
    return pair(Instant.now().plusSeconds(10));
  }

  Pair pair(Instant enterBy) {
    return pair(person(), person(), enterBy);
  }

  /// A match of these two.
  Pair pairOf(Principal first, Principal second) {
    return pair(first, second, Instant.now().plusSeconds(10));
  }

  /// A person and an AI.
  Pair withAi(Principal person, AiDisclosure disclosure) {
    return pair(
        SessionId.random(RANDOM),
        person,
        ai(),
        Instant.now().plusSeconds(10),
        grant -> grant.setAi(disclosure));
  }

  /// A match of these two, as the first of them is told who leaves a session with an AI for it.
  Pair replacing(SessionId replaced, Principal first, Principal second) {
    return pair(
        SessionId.random(RANDOM),
        first,
        second,
        Instant.now().plusSeconds(10),
        grant -> grant.setReplacesSessionId(ByteString.copyFrom(replaced.bytes())));
  }

  private Pair pair(Principal first, Principal second, Instant enterBy) {
    return pair(SessionId.random(RANDOM), first, second, enterBy, _ -> {});
  }

  private Pair pair(
      SessionId session,
      Principal first,
      Principal second,
      Instant enterBy,
      Consumer<Grant.Builder> more) {
    Grant.Builder grant =
        Grant.newBuilder()
            .setSessionId(ByteString.copyFrom(session.bytes()))
            .addMembers(granted(first, session))
            .addMembers(granted(second, session))
            .setMode(parley.proto.domain.v1.Mode.MODE_TEXT)
            .setCohort(parley.proto.domain.v1.Cohort.COHORT_ADULT)
            .setEnterByMs(enterBy.toEpochMilli())
            .setCorrelationId(CorrelationId.random(RANDOM).text());
    more.accept(grant);
    ByteString sealed = ByteString.copyFrom(seals.seal(Purpose.GRANT, grant.build().toByteArray()));
    return new Pair(session, sealed, first, second, enterBy);
  }

  Member member(Pair pair, Principal who, SessionNode node, Face face) {
    String token = signer.sign(who, Duration.ofMinutes(10));
    return lifecycle.own(new Member(pair.session(), pair.grant(), token, node.serving(), face));
  }

  Member memberWithHeader(Pair pair, Principal who, SessionNode node, String session) {
    String token = signer.sign(who, Duration.ofMinutes(10));
    return lifecycle.own(
        new Member(pair.session(), pair.grant(), token, node.serving(), Face.NATIVE, session));
  }

  /// What identity-svc does.
  void revoke(Principal who) {
    RedisConfig config = new RedisConfig(HostPort.parse(redis), prefix);
    try (RedisStore store = RedisStore.open(config)) {
      byte[] revocation = RevocationStream.write(Revocation.of(who.family()));
      store
          .commands()
          .xadd(
              RevocationStream.key(config).getBytes(StandardCharsets.UTF_8),
              XAddParams.xAddParams(),
              Map.of(RevocationStream.FIELD.getBytes(StandardCharsets.UTF_8), revocation));
    }
  }

  static Principal person() {
    return somebody(MemberKind.PERSON);
  }

  static Principal ai() {
    return somebody(MemberKind.AI);
  }

  /// The same participant under a token of the other kind.
  static Principal posingAs(MemberKind kind, Principal who) {
    return new Principal(
        who.participant(), who.device(), who.family(), who.cohort(), who.gender(), kind);
  }

  private static Principal somebody(MemberKind kind) {
    return new Principal(
        ParticipantId.random(RANDOM),
        DeviceId.random(RANDOM),
        FamilyId.random(RANDOM),
        Cohort.ADULT,
        Gender.UNSTATED,
        kind);
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private static GrantMember granted(Principal who, SessionId session) {
    return GrantMember.newBuilder()
        .setParticipantHash(ByteString.copyFrom(MemberHash.of(who.participant(), session)))
        .setKind(
            switch (who.kind()) {
              case PERSON -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON;
              case AI -> parley.proto.domain.v1.MemberKind.MEMBER_KIND_AI;
            })
        .build();
  }

  private static Path temporary() {
    try {
      Path directory = Files.createTempDirectory("parley-session");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  record Pair(
      SessionId session, ByteString grant, Principal first, Principal second, Instant enterBy) {
    List<Principal> both() {
      return List.of(first, second);
    }
  }

  /// How a member speaks.
  enum Face {
    NATIVE,
    WEB
  }
}
