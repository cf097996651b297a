package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.backing.EnvoyServer;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.ServiceName;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.testing.Eventually;
import redis.clients.jedis.RedisClient;

/// Which node a call reaches, and what happens when nodes come, drain and vanish.
class RoutingIT {
  private final SplittableRandom random = new SplittableRandom(7);
  private RunningDoor door;
  private EchoNode first;
  private NodeLease firstMatch;
  private NodeLease firstSession;
  private EnvoyServer envoy;
  private NativeCaller app;

  @BeforeEach
  void open() {
    door = RunningDoor.prepare(Map.of("registry.grace", "60s"));
    first = door.startNode("echo-1");
    firstMatch = door.register(first.as(ServiceName.MATCH));
    firstSession = door.register(first.as(ServiceName.SESSION));
    envoy = door.startEnvoy(door.startControlPlane());
    app = new NativeCaller(envoy.listener("door"));
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
    RunningDoor.awaitHealthy(envoy, ServiceName.SESSION, 1);
  }

  @AfterEach
  void close() {
    app.close();
    door.close();
  }

  @Test
  void aParticipantComesToTheSameNodeAndParticipantsSpread() {
    addSecondNode();
    Set<String> nodes = new HashSet<>();

    for (int participant = 0; participant < 20; participant++) {
      Principal who = door.tokens.someone();
      String node = keepWaiting(who);
      nodes.add(node);
      assertThat(List.of(keepWaiting(who), keepWaiting(who))).containsOnly(node);
    }

    assertThat(nodes).containsExactlyInAnyOrder("echo-1", "echo-2");
  }

  @Test
  void aParticipantCannotChooseANodeByClaimingToBeAnother() {
    Map<String, String> headers = Map.of("x-parley-sub", "somebody-else");
    Principal who = door.tokens.someone();

    keepWaiting(who, headers);

    assertThat(first.arrivals)
        .extracting(arrival -> arrival.header("x-parley-sub"))
        .containsExactly(who.participant().text());
  }

  @Test
  void bothMembersOfASessionComeToTheSameNode() {
    addSecondNode();
    Set<String> nodes = new HashSet<>();

    for (int session = 0; session < 20; session++) {
      SessionId id = SessionId.random(random);
      String node = acknowledge(id);
      nodes.add(node);
      assertThat(acknowledge(id)).isEqualTo(node);
    }

    assertThat(nodes).containsExactlyInAnyOrder("echo-1", "echo-2");
  }

  @Test
  void aCallHasACorrelationIdItsOwnOrOneOfTheDoor() {
    keepWaiting(door.tokens.someone(), Map.of("x-correlation-id", "mine-12345"));
    keepWaiting(door.tokens.someone(), Map.of());

    assertThat(first.arrivals.get(0).header("x-correlation-id")).isEqualTo("mine-12345");
    assertThat(first.arrivals.get(1).header("x-correlation-id")).matches("[0-9a-f-]{36}");
  }

  @Test
  void theAccessLogNamesCallCorrelationSessionAndParticipant() {
    Principal who = door.tokens.someone();
    SessionId session = SessionId.random(random);
    app.call(
        SessionServiceGrpc.getAcknowledgeMethod(),
        AcknowledgeRequest.getDefaultInstance(),
        headers(who, Map.of("x-parley-session", session.text(), "x-correlation-id", "mine-12345")));

    Eventually.holds(
        "the call is logged",
        () ->
            Files.readAllLines(envoy.log()).stream()
                .anyMatch(
                    line ->
                        line.contains("\"call\":\"/parley.session.v1.SessionService/Acknowledge\"")
                            && line.contains("\"correlation\":\"mine-12345\"")
                            && line.contains("\"session\":\"" + session.text() + "\"")
                            && line.contains("\"participant\":\"" + who.participant() + "\"")
                            && line.contains("\"grpc\":0,")));
  }

  @Test
  void aNodeThatDrainsKeepsItsStreamsAndTakesNoNewOnes() {
    OpenStream<?, ?> stream = converse();
    addSecondNode();

    firstSession.drain();
    Eventually.holds(
        "the door knows that it drains",
        () -> envoy.admin("GET", "/clusters").contains("eds_status_draining"));

    for (int session = 0; session < 10; session++) {
      assertThat(acknowledge(SessionId.random(random))).isEqualTo("echo-2");
    }
    stream.echo();
    assertThat(stream.node()).isEqualTo("echo-1");
    assertThat(stream.end()).isNull();
  }

  @Test
  void aNodeThatDiesIsFoundByItsHealthAndNewCallsGoElsewhere() {
    addSecondNode();

    first.close();

    Eventually.holds("ten calls in a row reach the other", this::tenReachTheOther);
  }

  @Test
  void aStreamWhoseNodeIsDeadOpensAtAnotherAtOnce() {
    addSecondNode();
    String dead = "session::" + first.as(ServiceName.SESSION).serving() + "::";

    first.close();
    Eventually.holds(
        "the door has seen its connections end",
        () -> envoy.admin("GET", "/clusters").contains(dead + "cx_active::0"));

    for (int session = 0; session < 10; session++) {
      assertThat(converse().node()).isEqualTo("echo-2");
    }
  }

  @Test
  void anEmptyDirectoryTakesNoNodeAway() {
    firstMatch.close();
    firstSession.close();
    EchoNode second = door.startNode("echo-2");
    var _ = door.register(second.as(ServiceName.IDENTITY));
    RunningDoor.awaitHealthy(envoy, ServiceName.IDENTITY, 1);

    assertThat(keepWaiting(door.tokens.someone())).isEqualTo("echo-1");
    converse().echo();
  }

  @Test
  void aRegistryThatCannotBeReadTakesNoNodeAway() {
    OpenStream<?, ?> stream = converse();
    String key = door.redis.prefix() + "{nodes}:leases";
    try (RedisClient redis =
        RedisClient.builder()
            .hostAndPort(door.redis.address().host(), door.redis.address().port())
            .build()) {
      redis.del(key);
      redis.set(key, "not a directory");
    }
    Eventually.holds(
        "the registry failed",
        () -> door.context.meters().counter("parley.door.registry.failed").count() > 1);

    assertThat(keepWaiting(door.tokens.someone())).isEqualTo("echo-1");
    stream.echo();
  }

  @Test
  void anAbandonedStreamIsCancelledAtItsNode() {
    OpenStream<?, ?> stream = OpenStream.findPeer(app, headers(door.tokens.someone(), Map.of()));
    assertThat(first.openStreams.get()).isEqualTo(1);

    stream.cancel();

    Eventually.holds("the node heard of it", () -> first.openStreams.get() == 0);
  }

  private boolean tenReachTheOther() {
    for (int call = 0; call < 10; call++) {
      if (!keepWaiting(door.tokens.someone()).equals("echo-2")) {
        return false;
      }
    }
    return true;
  }

  private void addSecondNode() {
    door.startNode("echo-2", ServiceName.MATCH, ServiceName.SESSION);
    Eventually.holds(
        "the second node takes calls",
        () ->
            keepWaiting(door.tokens.someone()).equals("echo-2")
                && acknowledge(SessionId.random(random)).equals("echo-2"));
    first.arrivals.clear();
  }

  private OpenStream<?, ?> converse() {
    String session = SessionId.random(random).text();
    return OpenStream.converse(
        app, headers(door.tokens.someone(), Map.of("x-parley-session", session)));
  }

  private String keepWaiting(Principal who) {
    return keepWaiting(who, Map.of());
  }

  private String keepWaiting(Principal who, Map<String, String> more) {
    NativeCaller.Answer answer =
        app.call(
            MatchServiceGrpc.getKeepWaitingMethod(),
            KeepWaitingRequest.getDefaultInstance(),
            headers(who, more));
    assertThat(answer.code()).as(answer.message()).isEqualTo(Status.Code.OK);
    return answer.node();
  }

  private String acknowledge(SessionId session) {
    NativeCaller.Answer answer =
        app.call(
            SessionServiceGrpc.getAcknowledgeMethod(),
            AcknowledgeRequest.getDefaultInstance(),
            headers(door.tokens.someone(), Map.of("x-parley-session", session.text())));
    assertThat(answer.code()).as(answer.message()).isEqualTo(Status.Code.OK);
    return answer.node();
  }

  private Map<String, String> headers(Principal who, Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("authorization", "Bearer " + door.tokens.of(who));
    return headers;
  }
}
