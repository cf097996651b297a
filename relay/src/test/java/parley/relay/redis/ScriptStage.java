package parley.relay.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import parley.domain.DeviceId;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Body;
import parley.relay.Bucket;
import parley.relay.BucketReport;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.Finding;
import parley.relay.LogAnswer;
import parley.relay.LogRequest;
import parley.relay.Lost;
import parley.relay.NodeLife;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.relay.WatchRule;
import parley.relay.Who;
import parley.testing.TestRedis;
import parley.testing.TestRedisCluster;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/// One watched session of two, its keys, and the scripts on the server that holds them.
final class ScriptStage implements AutoCloseable {
  static final NodeLife ONE = new NodeLife(new NodeId("node-1"), 1);
  static final NodeLife TWO = new NodeLife(new NodeId("node-2"), 2);
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  enum Server {
    ALONE,
    WITHOUT_SCRIPTS,
    CLUSTER
  }

  final SessionId session = SessionId.random(RANDOM);
  final Bucket bucket = Bucket.of(session);
  final List<Who> who = List.of(someone(), someone());
  final RelayKeys keys;
  final Jedis redis;
  final RedisConfig config;
  private final RedisAppendLog log;

  ScriptStage(Server server, LogRetention retention) {
    String prefix = TestRedis.prefix();
    keys = new RelayKeys(prefix);
    HostPort where = HostPort.parse(server == Server.CLUSTER ? owner() : TestRedis.shared());
    redis = new Jedis(where.host(), where.port());
    config = new RedisConfig(where, prefix);
    log = RedisAppendLog.open(config, retention, NodeContext.of(new NodeId("node-1")));
    if (server == Server.WITHOUT_SCRIPTS) {
      redis.scriptFlush();
    }
  }

  void open(Instant enterBy) {
    open(enterBy, null, Map.of());
  }

  void open(Instant enterBy, Draft opening, Map<Integer, Duration> patience) {
    Body about = Body.of(new byte[] {1, 2, 3});
    run(
        new LogRequest.Open(
            session, 7, 2, enterBy, new LogRequest.Watched(about, opening, patience)));
  }

  SessionFacts attach(int member, NodeLife at) {
    return attach(member, at, null);
  }

  SessionFacts attach(int member, NodeLife at, SessionId replaces) {
    return facts(new LogRequest.Attach(session, member, at, null, who.get(member - 1), replaces));
  }

  boolean note(int member, long attachment, Sign sign) {
    return ((LogAnswer.Signed) run(new LogRequest.Note(session, member, attachment, sign)))
        .changed();
  }

  SessionFacts close(Closing closing, Lost ifStill) {
    return facts(new LogRequest.Close(session, closing, ifStill));
  }

  SessionFacts look() {
    return facts(new LogRequest.Look(session));
  }

  /// What one look found of the session.
  List<Finding> found(WatchRule rule, NodeLife... lives) {
    return report(rule, lives).findings();
  }

  BucketReport report(WatchRule rule, NodeLife... lives) {
    return ((LogAnswer.Ticked) tick(ONE, rule, lives)).report();
  }

  LogAnswer tick(NodeLife by, WatchRule rule, NodeLife... lives) {
    return run(new LogRequest.Tick(bucket, by.node(), rule, List.of(lives)));
  }

  LogAnswer run(LogRequest request) {
    return log.run(List.of(request)).getFirst();
  }

  @Override
  public void close() {
    log.close();
    redis.close();
  }

  private SessionFacts facts(LogRequest request) {
    return ((LogAnswer.Facts) run(request)).facts();
  }

  private static Who someone() {
    return new Who(ParticipantId.random(RANDOM), DeviceId.random(RANDOM));
  }

  /// The cluster's node that holds the session's keys.
  private String owner() {
    return TestRedisCluster.shared().stream().filter(this::holdsKeys).findFirst().orElseThrow();
  }

  private boolean holdsKeys(String address) {
    HostPort where = HostPort.parse(address);
    try (Jedis node = new Jedis(where.host(), where.port())) {
      node.exists(keys.state(session));
      return true;
    } catch (JedisRedirectionException elsewhere) {
      return false;
    }
  }
}
