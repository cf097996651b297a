package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.NONBINARY;
import static parley.domain.Gender.UNSTATED;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.Level;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.Ticket;
import parley.match.core.TicketBuilder;
import parley.match.core.Wide;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;

/// How many commands a step costs Redis: exact, whatever the machine. The mixes are those of the
/// page on matching; those who wait stand in all families.
class RedisCallsIT {
  private static final LeaseTimes QUIET =
      new LeaseTimes(Duration.ofHours(1), Duration.ofMinutes(9));
  private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");
  private static final Set<String> NOT_OURS =
      Set.of("evalsha", "config|resetstat", "config", "info", "script|load", "script");

  private final RedisServer server = RedisServer.start(RedisOptions.fleeting());
  private final Pools pools = new Pools(server.address());
  private final SplittableRandom random = new SplittableRandom(1);
  private final TicketPool pool = pools.node("match-1", MatchTimes.DEFAULT, QUIET).pool();
  private final TicketPool other = pools.node("match-2", MatchTimes.DEFAULT, QUIET).pool();

  /// A pool of people who are of no use to those of the tests, and stand where they look.
  @BeforeEach
  void fill() {
    for (int i = 0; i < 50; i++) {
      Wide.search(pool, usual(MAN, NONBINARY).build(), pairing());
      Wide.search(pool, widest(UNSTATED, NONBINARY).build(), pairing());
    }
  }

  @AfterEach
  void close() {
    pools.close();
    server.close();
  }

  @Test
  void usual() {
    assertThat(steps(() -> usual(WOMAN, MAN), () -> usual(MAN, WOMAN)))
        .isEqualTo(new Steps(8, 6, 6, 7, 9, 19, 7, 6));
  }

  @Test
  void widest() {
    assertThat(steps(() -> widest(WOMAN, MAN, WOMAN), () -> widest(MAN, WOMAN, MAN)))
        .isEqualTo(new Steps(16, 7, 6, 16, 18, 37, 7, 14));
  }

  /// What each step of a ticket costs. The page's limits are 9 (17 at the widest) for an arrival
  /// that finds nobody, 6 (7) for relaxing, 24 (43) for a match, 7 for a settlement.
  private record Steps(
      long arrive,
      long toLanguage,
      long toAnyone,
      long park,
      long attach,
      long match,
      long settle,
      long cancel) {}

  private Steps steps(Supplier<TicketBuilder> one, Supplier<TicketBuilder> peer) {
    Ticket first = one.get().build();
    long arrive = calls(() -> arrive(pool, first));
    long toLanguage = calls(() -> pool.relax(first, Level.SAME_LANGUAGE, pairing()));
    long toAnyone = calls(() -> pool.relax(first, Level.ANYONE, pairing()));
    long park = calls(() -> parked(first));
    long attach = calls(() -> pool.attach(first, pairing()));
    long match = calls(() -> arrive(other, peer.get().build()));
    SessionId session = pool.find(Cohort.ADULT, first.participant()).orElseThrow().session();
    long settle = calls(() -> pool.settle(Cohort.ADULT, session, Set.of(1, 2)));
    Ticket second = one.get().build();
    arrive(pool, second);
    long cancel = calls(() -> pool.cancel(Cohort.ADULT, second.participant(), second.id()));
    return new Steps(arrive, toLanguage, toAnyone, park, attach, match, settle, cancel);
  }

  private Ticket parked(Ticket ticket) {
    pool.park(ticket);
    return ticket;
  }

  private Object arrive(TicketPool at, Ticket ticket) {
    return at.arrive(ticket, pairing());
  }

  private Pairing pairing() {
    return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
  }

  private static TicketBuilder usual(Gender as, Gender seeking) {
    return ticket().as(as).seeking(seeking).tags("go", "tea").languages("en");
  }

  private static TicketBuilder widest(Gender as, Gender... seeking) {
    return ticket()
        .as(as)
        .seeking(seeking)
        .tags("go", "tea", "jazz", "sea", "ski", "art", "film", "food", "math", "cats")
        .languages("en", "fr");
  }

  private long calls(Supplier<Object> step) {
    pools.look().configResetStat();
    Object result = step.get();
    assertThat(result).isNotNull();
    long calls = 0;
    Matcher stats = CALLS.matcher(pools.look().info("commandstats"));
    while (stats.find()) {
      calls += NOT_OURS.contains(stats.group(1)) ? 0 : Long.parseLong(stats.group(2));
    }
    return calls;
  }
}
