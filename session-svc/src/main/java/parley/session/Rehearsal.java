package parley.session;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.SealFiles;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.redis.LogRetention;
import parley.relay.redis.RedisRelay;
import parley.session.clients.Troupe;

/// What a process does before its node is there: members of its own making are cut at one stage and
/// come back at another, again and again, by sockets and Redis, until the code for that is
/// compiled. Else those pay for it whose node dies first: two thousand of them wait twice as long.
///
/// One round at least; no new one when its time is over, or the compilers rest. Touches nothing
/// that anybody else sees: keys below a prefix of its own, which are removed or expire in a minute
/// (a mark of [parley.platform.redis.ReplicaRule] in an hour); no token, grant or pass of it is
/// good anywhere else. If it fails, the node starts without.
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final String PREFIX = "rehearsal:";
  private static final int PAIRS = 32;
  private static final Duration ROUND_MAY_TAKE = Duration.ofSeconds(30);

  /// Of the time: below that, compilers rest.
  private static final double COMPILING = 0.1;

  private static final int ROUNDS_A_LOOK = 8;

  private final SessionConfig config;
  private final NodeContext context;
  private final Lifecycle lifecycle = new Lifecycle();

  private Rehearsal(SessionConfig config, NodeContext context) {
    this.config = config;
    this.context = context;
  }

  /// Blocks for as long as `rehearsal.within` says, a round longer at most.
  ///
  /// @return how many rounds were played
  static int hold(SessionConfig config, NodeContext context) {
    if (config.rehearsal().isZero()) {
      return 0;
    }
    try {
      Path folder = Files.createTempDirectory("parley-rehearsal-");
      try {
        return new Rehearsal(aside(config, folder), context).play(folder);
      } finally {
        remove(folder);
      }
    } catch (IOException | RuntimeException failed) {
      LOG.atWarn()
          .addKeyValue("node", context.id())
          .log("rehearsal failed, the node starts without: {}", failed.toString());
      return 0;
    }
  }

  /// The same node somewhere else: nothing it keeps lasts, and nothing is for the archive.
  private static SessionConfig aside(SessionConfig config, Path folder) {
    RedisConfig redis = config.redis();
    LogRetention kept = config.retention();
    return config.in(
        new RedisConfig(redis.addresses(), redis.prefix() + PREFIX, redis.replicas()),
        new AuthConfig(
            AccessKeyFiles.jwks(folder), config.auth().issuer(), config.auth().audience()),
        folder.resolve("seals.yaml"),
        new LogRetention(
            kept.entries(),
            kept.bytes(),
            kept.trimEvery(),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            kept.lookEvery(),
            0));
  }

  private int play(Path folder) {
    AccessKeyFiles.create(folder);
    SealFiles.create(config.seals());
    try (lifecycle) {
      Stage one = lifecycle.own(new Stage(config, another()));
      Stage other = lifecycle.own(new Stage(config, another()));
      AuthConfig auth = config.auth();
      Troupe troupe =
          lifecycle.own(
              Troupe.gather(
                  new Troupe.Stages(one.address(), other.address(), config.seals()),
                  AccessTokenSigner.open(folder, auth.issuer(), auth.audience(), context.clock()),
                  PAIRS,
                  context));
      return play(troupe);
    } finally {
      RedisRelay.forget(config.redis());
    }
  }

  private int play(Troupe troupe) {
    long began = System.nanoTime();
    Compilers compilers = Compilers.now();
    int rounds = 0;
    do {
      troupe.play(ROUND_MAY_TAKE);
      rounds++;
      if (rounds % ROUNDS_A_LOOK == 0) {
        Compilers now = Compilers.now();
        if (now.shareSince(compilers) < COMPILING) {
          break;
        }
        compilers = now;
      }
    } while (System.nanoTime() - began < config.rehearsal().toNanos());
    LOG.atInfo()
        .addKeyValue("node", context.id())
        .addKeyValue("rounds", rounds)
        .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - began).toMillis())
        .log("rehearsed");
    return rounds;
  }

  /// A node with a name that no other has, and meters that nobody reads.
  private NodeContext another() {
    String name = HexFormat.of().toHexDigits(context.random().nextLong());
    return NodeContext.of(new NodeId("rehearsal-" + name));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// What compilers have used up to a moment; nothing where the JVM does not say.
  private record Compilers(long atNanos, long usedMillis) {
    static Compilers now() {
      CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
      boolean told = compilers != null && compilers.isCompilationTimeMonitoringSupported();
      return new Compilers(System.nanoTime(), told ? compilers.getTotalCompilationTime() : 0);
    }

    /// 1 is a compiler that never rests.
    double shareSince(Compilers before) {
      return 1e6 * (usedMillis - before.usedMillis) / Math.max(1, atNanos - before.atNanos);
    }
  }
}
