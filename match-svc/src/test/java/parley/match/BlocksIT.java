package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.FreePort;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;
import parley.domain.NodeId;
import parley.domain.Principal;
import parley.match.Seeker.Finding;
import parley.platform.config.HostPort;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.NodeContext;
import parley.platform.postgres.PostgresConfig;
import parley.platform.redis.RedisStore;
import parley.proto.domain.v1.Cohort;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.RefusalServiceGrpc;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefusedParty;
import parley.schema.Keeping;
import parley.schema.Upkeep;
import parley.testing.Eventually;
import parley.testing.TestDatabase;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/// Blocks last in PostgreSQL, whatever it or Redis goes through.
class BlocksIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();

  @TempDir Path folder;
  private final Matches matches = new Matches();
  private final int port = FreePort.any();
  private PostgresServer postgres;

  @BeforeEach
  void startPostgres() {
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    postgres.create("parley", null);
    Upkeep.run(
        new PostgresConfig(
            HostPort.parse(postgres.address()),
            "parley",
            PostgresServer.ROLE,
            postgres.passwordFile(),
            1,
            Duration.ofSeconds(5)),
        Keeping.DEFAULTS);
  }

  @AfterEach
  void stop() {
    matches.close();
    postgres.close();
  }

  @Test
  void aBlockIsInPostgresWhenItIsAcknowledged() {
    var _ = node();
    Principal one = matches.person();
    Principal other = matches.person();
    refuse(one, other);
    refuse(one, other);
    assertThat(rows()).containsExactly(row(one, other));
  }

  @Test
  void postgresDownDoesNotStopABlockAndItIsBroughtOverLater() {
    var _ = node();
    spoil(matches.redis().prefix() + "{m13}blocks"); // What fails there is nothing to the adults.
    postgres.kill();
    Principal one = matches.person();
    Principal other = matches.person();
    Principal third = matches.person();
    refuse(one, other);
    refuse(one, third);
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    Eventually.holds(
        "both are brought over",
        Duration.ofSeconds(60),
        () -> rows().containsAll(Stream.of(row(one, other), row(one, third)).toList()));
    Eventually.holds(
        "nothing waits any more", () -> keys("blocks").stream().allMatch(this::isEmpty));
  }

  @Test
  void aBlockThatRedisLostWithItsTailIsToldAgain() {
    var _ = node();
    Principal one = matches.person();
    Principal other = matches.person();
    refuse(one, other);
    List<String> lists = keys("block:*");
    assertThat(lists).hasSize(2);
    try (RedisStore redis = RedisStore.open(matches.redis())) {
      lists.forEach(list -> redis.commands().del(list));
    }
    breakConnections();
    Eventually.holds("both lists are there", () -> keys("block:*").containsAll(lists));
  }

  /// As a Redis that restarts, or another that takes its place, does.
  private void breakConnections() {
    HostPort at = matches.redis().address();
    try (Jedis jedis = new Jedis(at.host(), at.port())) {
      jedis
          .clientList()
          .lines()
          .filter(client -> client.contains("cmd=evalsha"))
          .map(client -> client.replaceAll(".*\\baddr=(\\S+).*", "$1"))
          .forEach(jedis::clientKill);
    }
  }

  @Test
  void aBlockHoldsInARedisThatWasEmptied() {
    MatchNode node = node();
    Principal one = matches.person();
    Principal other = matches.person();
    refuse(one, other);
    empty();
    Finding first = accepted(matches.seeker(one, node));
    Finding second = accepted(matches.seeker(other, node));
    Finding third = accepted(matches.seeker(matches.person(), node));
    assertThat(first.matched().getSessionId()).isEqualTo(third.matched().getSessionId());
    assertThat(second.events()).noneMatch(FindPeerResponse::hasMatched);
  }

  @Test
  void nobodyIsPairedWhileNobodyKnowsWhoMustNotMeet() {
    MatchNode node = node();
    postgres.kill();
    empty();
    Finding early = matches.seeker(matches.person(), node).find("request-early", ANYONE);
    assertThat(early.ended().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    postgres = PostgresServer.start(PostgresOptions.kept(folder, port));
    Finding first = accepted(matches.seeker(matches.person(), node));
    Finding second = accepted(matches.seeker(matches.person(), node));
    assertThat(first.matched().getSessionId()).isEqualTo(second.matched().getSessionId());
  }

  /// As a person's client does: again, until it may wait.
  private static Finding accepted(Seeker seeker) {
    List<Finding> tried = new ArrayList<>();
    Eventually.holds(
        "the ticket is accepted",
        Duration.ofSeconds(30),
        () -> {
          if (tried.isEmpty() || isRefused(tried.getLast())) {
            tried.add(seeker.find("request-" + tried.size(), ANYONE));
          }
          return tried.getLast().events().stream().anyMatch(FindPeerResponse::hasAccepted);
        });
    return tried.getLast();
  }

  private static boolean isRefused(Finding finding) {
    Status end = finding.end();
    return end != null && !end.isOk();
  }

  private void empty() {
    try (RedisStore redis = RedisStore.open(matches.redis())) {
      redis
          .commands()
          .keys(matches.redis().prefix() + "{m*")
          .forEach(key -> redis.commands().del(key));
    }
  }

  private void spoil(String key) {
    try (RedisStore redis = RedisStore.open(matches.redis())) {
      redis.commands().set(key, "no stream");
    }
  }

  private boolean isEmpty(String stream) {
    try (RedisStore redis = RedisStore.open(matches.redis())) {
      return redis.commands().xlen(stream) == 0;
    }
  }

  private List<String> keys(String name) {
    try (RedisStore redis = RedisStore.open(matches.redis())) {
      return redis
          .commands()
          .scan(
              "0", new ScanParams().match(matches.redis().prefix() + "{m18}" + name).count(100_000))
          .getResult();
    }
  }

  private List<String> rows() {
    return new TestDatabase(postgres, "parley")
        .ask(
            "SELECT encode(by_participant, 'hex') || encode(by_device, 'hex') ||"
                + " encode(whom_participant, 'hex') || encode(whom_device, 'hex') FROM"
                + " match.blocks");
  }

  private static String row(Principal by, Principal whom) {
    HexFormat hex = HexFormat.of();
    return hex.formatHex(by.participant().bytes())
        + hex.formatHex(by.device().bytes())
        + hex.formatHex(whom.participant().bytes())
        + hex.formatHex(whom.device().bytes());
  }

  private MatchNode node() {
    MatchNode node =
        matches.node(
            "match-1",
            Map.of(
                "postgres.address", postgres.address(),
                "postgres.password-file", postgres.passwordFile().toString(),
                "postgres.statement-within", "1s"));
    Eventually.holds("it knows who must not meet", node::pairs);
    return node;
  }

  private void refuse(Principal by, Principal whom) {
    NodeContext context = NodeContext.of(new NodeId("session-1"));
    try (NodeDirectory directory = NodeDirectory.over(matches.redis());
        MeshChannels mesh = MeshChannels.over(directory, context)) {
      var _ =
          RefusalServiceGrpc.newBlockingStub(mesh.channel(ServiceName.MATCH))
              .withWaitForReady()
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .refuse(
                  RefuseRequest.newBuilder()
                      .setCohort(Cohort.COHORT_ADULT)
                      .setBy(party(by))
                      .setWhom(party(whom))
                      .build());
    }
  }

  private static RefusedParty party(Principal who) {
    return RefusedParty.newBuilder()
        .setParticipantId(ByteString.copyFrom(who.participant().bytes()))
        .setDeviceId(ByteString.copyFrom(who.device().bytes()))
        .build();
  }
}
