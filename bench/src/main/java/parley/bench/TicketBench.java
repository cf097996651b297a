package parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.domain.Mode;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.Arrival;
import parley.match.core.Criteria;
import parley.match.core.Language;
import parley.match.core.Level;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.Pool;
import parley.match.core.Seeking;
import parley.match.core.Tag;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.port.TicketPool;
import parley.match.redis.RedisMatch;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;

/// What one ticket costs Redis with few and with many who wait: an arrival that finds nobody, and
/// one that is matched at once. The usual mix: 2 of 1,000 tags (the first ones more often), 1 of 8
/// languages, one gender sought, every ticket at its widest. Those who wait are men who seek women;
/// the seed is fixed.
final class TicketBench {
  private static final int MEASURED = 5_000;
  private static final int IN_FLIGHT = 64;
  private static final int TAGS = 1_000;
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "it", "pt", "pl", "tr");
  private static final Pattern EVALSHA =
      Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");

  private final List<Integer> waiting;
  private final SplittableRandom random = new SplittableRandom(7);

  TicketBench(List<Integer> waiting) {
    this.waiting = List.copyOf(waiting);
  }

  void run() {
    System.out.printf(
        "usual mix, seed 7, %d tickets a row, %d in flight, no persistence%n", MEASURED, IN_FLIGHT);
    System.out.println(
        "waiting   ticket               script µs   Redis CPU µs   memory a waiting ticket");
    waiting.forEach(this::measure);
  }

  private void measure(int crowd) {
    try (RedisServer server = RedisServer.start(RedisOptions.fleeting());
        Place place = Place.open(server)) {
      long empty = place.memory();
      place.arriveAll(tickets(crowd, Gender.MAN, Gender.WOMAN));
      long each = (place.memory() - empty) / crowd;
      Cost alone = place.arriveAll(tickets(MEASURED, Gender.MAN, Gender.WOMAN));
      System.out.printf("%7d   %-18s %s %14d B%n", crowd, "finds nobody", alone.row(), each);
      Cost paired = place.arriveAll(tickets(MEASURED, Gender.WOMAN, Gender.MAN));
      System.out.printf(
          "%7d   %-18s %s   (%d of %d matched)%n",
          crowd, "is matched", paired.row(), paired.matched(), MEASURED);
    }
  }

  private List<Ticket> tickets(int count, Gender own, Gender sought) {
    return IntStream.range(0, count).mapToObj(_ -> ticket(own, sought)).toList();
  }

  private Ticket ticket(Gender own, Gender sought) {
    ParticipantId participant = ParticipantId.random(random);
    return new Ticket(
        TicketId.of(participant, "bench-request"),
        participant,
        DeviceId.random(random),
        Cohort.ADULT,
        own,
        new Criteria(
            new Pool(Mode.TEXT, "talk"),
            Seeking.of(List.of(sought)),
            Stream.generate(this::tag).limit(2).toList(),
            List.of(Language.of(LANGUAGES.get(random.nextInt(LANGUAGES.size())))),
            Level.ANYONE),
        CorrelationId.random(random));
  }

  /// Roughly as people choose: the n-th tag as often as 1/n.
  private Tag tag() {
    return Tag.of("tag" + (int) Math.pow(TAGS, random.nextDouble()));
  }

  /// One Redis and one owner of tickets.
  private record Place(RedisServer server, RedisStore store, RedisMatch match)
      implements AutoCloseable {
    static Place open(RedisServer server) {
      RedisConfig config = new RedisConfig(HostPort.parse(server.address()), "");
      return new Place(
          server,
          RedisStore.open(config),
          RedisMatch.open(
              config,
              MatchTimes.DEFAULT,
              LeaseTimes.DEFAULT,
              NodeContext.of(new NodeId("bench-match"))));
    }

    Cost arriveAll(List<Ticket> tickets) {
      Scripts ran = scripts();
      Duration before = new ProcessCpu(server.pid()).used();
      LongAdder matched = new LongAdder();
      Semaphore inFlight = new Semaphore(IN_FLIGHT);
      SplittableRandom sessions = new SplittableRandom(tickets.size());
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Ticket ticket : tickets) {
          inFlight.acquireUninterruptibly();
          SessionId session = SessionId.random(sessions);
          callers.execute(() -> arrive(match.pool(), ticket, session, matched, inFlight));
        }
      }
      Duration used = new ProcessCpu(server.pid()).used().minus(before);
      return new Cost(
          scripts().microsSince(ran), used.toNanos() / 1e3 / tickets.size(), matched.intValue());
    }

    long memory() {
      return number(store.commands().info("memory"), Pattern.compile("used_memory:(\\d+)"), 1);
    }

    @Override
    public void close() {
      match.close();
      store.close();
    }

    private static void arrive(
        TicketPool pool, Ticket ticket, SessionId session, LongAdder matched, Semaphore inFlight) {
      try {
        if (pool.arrive(ticket, new Pairing(session, Acceptance.AT_ONCE)) instanceof Arrival.Met) {
          matched.increment();
        }
      } finally {
        inFlight.release();
      }
    }

    private Scripts scripts() {
      String stats = store.commands().info("commandstats");
      return EVALSHA.matcher(stats).find()
          ? new Scripts(number(stats, EVALSHA, 1), number(stats, EVALSHA, 2))
          : new Scripts(0, 0);
    }

    private static long number(String text, Pattern pattern, int group) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        throw new IllegalStateException("Redis says nothing of " + pattern);
      }
      return Long.parseLong(matcher.group(group));
    }
  }

  /// Script calls so far, and the time in them.
  private record Scripts(long calls, long micros) {
    double microsSince(Scripts before) {
      return (double) (micros - before.micros) / Math.max(1, calls - before.calls);
    }
  }

  private record Cost(double scriptMicros, double cpuMicros, int matched) {
    String row() {
      return "%11.1f %14.1f".formatted(scriptMicros, cpuMicros);
    }
  }
}
