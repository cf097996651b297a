package parley.bench;

import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import parley.backing.FreePort;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.Gender;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;

/// CPU of one match node and Redis together for each pair: two people call FindPeer over sockets,
/// are matched, and are settled as session-svc does it; while others wait who fit nobody. Tokens
/// were seen before, as those of people who look for the second time. No door; the driver is not
/// counted, but shares the cores.
final class PairBench {
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final int ROUNDS = 3;
  private static final int COUPLES = 40;
  private static final int PEOPLE_A_COUPLE = 30;
  private static final int CHANNELS = 4;

  private final Path folder;
  private final Passport passport;
  private final List<Integer> waiting;
  private final Queue<Long> nanosToMatch = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pairs = new AtomicInteger();

  PairBench(Path folder, Passport passport, List<Integer> waiting) {
    this.folder = folder;
    this.passport = passport;
    this.waiting = List.copyOf(waiting);
  }

  void run() {
    System.out.printf(
        "%d couples at once, both like the same, %d windows of %d s after %d s%n",
        COUPLES, ROUNDS, WINDOW.toSeconds(), WARM_UP.toSeconds());
    System.out.println(
        "waiting   pairs/s   match-svc µs   Redis µs   total µs a pair   to match p50, p99 ms");
    waiting.forEach(this::measure);
  }

  private void measure(int crowd) {
    int serving = FreePort.any();
    int mesh = FreePort.any();
    try (RedisServer redis = RedisServer.start(RedisOptions.fleeting());
        ServerProcess node = start(redis.address(), serving, mesh);
        Channels channels = Channels.to(serving, mesh);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Searcher> idle = new ArrayList<>();
      for (int i = 0; i < crowd; i++) {
        idle.add(
            Searcher.start(channels.serving(i), passport.person(Gender.MAN), "idle-000", odd()));
      }
      idle.forEach(Searcher::awaitTicket);
      AtomicBoolean over = new AtomicBoolean();
      for (int i = 0; i < COUPLES; i++) {
        int number = i;
        threads.execute(() -> meetAgainAndAgain(channels, number, over));
      }
      pass(WARM_UP);
      for (int round = 0; round < ROUNDS; round++) {
        window(crowd, node.cpu(), new ProcessCpu(redis.pid()));
      }
      over.set(true);
    }
  }

  private void window(int crowd, ProcessCpu node, ProcessCpu redis) {
    nanosToMatch.clear();
    int before = pairs.get();
    Duration nodeBefore = node.used();
    Duration redisBefore = redis.used();
    long began = System.nanoTime();
    pass(WINDOW);
    double seconds = (System.nanoTime() - began) / 1e9;
    int made = Math.max(1, pairs.get() - before);
    double nodeMicros = node.used().minus(nodeBefore).toNanos() / 1e3 / made;
    double redisMicros = redis.used().minus(redisBefore).toNanos() / 1e3 / made;
    long[] times = nanosToMatch.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%7d %9.0f %14.0f %10.0f %17.0f %12.1f %7.1f%n",
        crowd,
        made / seconds,
        nodeMicros,
        redisMicros,
        nodeMicros + redisMicros,
        percentile(times, 0.50),
        percentile(times, 0.99));
  }

  private static double percentile(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }

  /// A woman waits, a man comes; each time others of this couple's people.
  private void meetAgainAndAgain(Channels channels, int couple, AtomicBoolean over) {
    List<CallCredentials> women = people(Gender.WOMAN);
    List<CallCredentials> men = people(Gender.MAN);
    for (int i = 0; !over.get(); i++) {
      String request = "pair-" + couple + "-" + i;
      int who = i % PEOPLE_A_COUPLE;
      Searcher waits =
          Searcher.start(channels.serving(i), women.get(who), request, seeks(Gender.MAN));
      waits.awaitTicket();
      long began = System.nanoTime();
      Searcher comes =
          Searcher.start(channels.serving(i + 1), men.get(who), request, seeks(Gender.WOMAN));
      String session = comes.awaitSession();
      nanosToMatch.add(System.nanoTime() - began);
      String other = waits.awaitSession();
      Stream.of(session, other).distinct().forEach(one -> settle(channels, one));
      pairs.incrementAndGet();
    }
  }

  private List<CallCredentials> people(Gender gender) {
    return Stream.generate(() -> passport.person(gender)).limit(PEOPLE_A_COUPLE).toList();
  }

  /// Whom a couple's neighbours settled before is settled again, which changes nothing.
  private static void settle(Channels channels, String session) {
    var _ =
        SettlementServiceGrpc.newBlockingStub(channels.mesh())
            .settle(
                SettleRequest.newBuilder()
                    .setSessionId(session)
                    .addAllEntered(Arrays.asList(1, 2))
                    .setCohort(parley.proto.domain.v1.Cohort.COHORT_ADULT)
                    .build());
  }

  private static Criteria seeks(Gender gender) {
    return Criteria.newBuilder()
        .addSeeking(
            gender == Gender.MAN
                ? parley.proto.domain.v1.Gender.GENDER_MAN
                : parley.proto.domain.v1.Gender.GENDER_WOMAN)
        .addTags("go")
        .addTags("tea")
        .addLanguages("en")
        .build();
  }

  /// Men whom nobody fits here.
  private static Criteria odd() {
    return seeks(Gender.MAN).toBuilder()
        .clearSeeking()
        .addSeeking(parley.proto.domain.v1.Gender.GENDER_NONBINARY)
        .build();
  }

  private ServerProcess start(String redis, int serving, int mesh) {
    try {
      Path config =
          Files.writeString(
              folder.resolve("match.yaml"),
              """
              node: {id: match-bench}
              serving: {address: "127.0.0.1:%d"}
              mesh: {address: "127.0.0.1:%d"}
              redis: {address: "%s"}
              auth: {jwks: "%s", seals: "%s"}
              tickets: {silence: 10m}
              """
                  .formatted(serving, mesh, redis, passport.jwks(), passport.secrets()));
      return ServerProcess.start("parley.match.MatchMain", "--config", config.toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Connections to one node.
  private record Channels(List<ManagedChannel> open, ManagedChannel mesh) implements AutoCloseable {
    static Channels to(int serving, int mesh) {
      return new Channels(
          Stream.generate(() -> channel(serving)).limit(CHANNELS).toList(), channel(mesh));
    }

    MatchServiceGrpc.MatchServiceStub serving(int number) {
      return MatchServiceGrpc.newStub(open.get(number % CHANNELS));
    }

    @Override
    public void close() {
      open.forEach(ManagedChannel::shutdownNow);
      mesh.shutdownNow();
    }

    private static ManagedChannel channel(int port) {
      return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }
  }
}
