package parley.match;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import parley.match.core.FallbackOutcome;
import parley.match.core.Match;
import parley.match.core.PoolAndLevel;
import parley.match.core.Settlement;
import parley.match.core.SwitchOutcome;
import parley.match.core.Ticket;
import parley.match.core.TicketState;
import parley.match.core.port.TicketJournal;

/// The service's log lines and meters: `parley.match.<noun>.<fact>`.
final class MatchJournal implements TicketJournal {
  private static final Logger LOG = LoggerFactory.getLogger("parley.match");

  private final MeterRegistry meters;
  private final Counter made;
  private final Map<PoolAndLevel, AtomicInteger> waiting = new ConcurrentHashMap<>();

  MatchJournal(MeterRegistry meters) {
    this.meters = meters;
    this.made = meters.counter("parley.match.tickets.made");
  }

  void countStreams(Supplier<Number> streams) {
    Gauge.builder("parley.match.streams.open", streams).register(meters);
  }

  @Override
  public void made(Ticket ticket) {
    made.increment();
    line(ticket).addKeyValue("pool", ticket.criteria().pool().text()).log("ticket made");
  }

  @Override
  public void matched(Ticket ticket, Match match) {
    String level = word(match.level());
    meters.counter("parley.match.tickets.matched", "level", level).increment();
    meters
        .timer("parley.match.tickets.waited", "level", level)
        .record(match.receiptFor(ticket.participant()).waited());
    line(ticket)
        .addKeyValue("session", match.session())
        .addKeyValue("match", match.correlation())
        .addKeyValue("level", level)
        .log("matched");
  }

  @Override
  public void proposed(Ticket ticket, Match match) {
    meters.counter("parley.match.tickets.proposed", "level", word(match.level())).increment();
    line(ticket).addKeyValue("session", match.session()).log("asked");
  }

  @Override
  public void fallback(Ticket ticket, FallbackOutcome outcome) {
    String pool = ticket.criteria().pool().text();
    meters.counter("parley.match.fallbacks", "pool", pool, "outcome", label(outcome)).increment();
    if (outcome == FallbackOutcome.CAME) {
      line(ticket).addKeyValue("pool", pool).log("matched with an AI peer");
    }
  }

  @Override
  public void switched(SwitchOutcome outcome) {
    meters.counter("parley.match.switches", "outcome", label(outcome)).increment();
  }

  @Override
  public void settled(Settlement settlement) {
    String how =
        switch (settlement) {
          case Settlement.Met _ -> "met";
          case Settlement.PeerNeverCame _ -> "one-came";
          case Settlement.NobodyCame _ -> "nobody-came";
          case Settlement.NoMatch _ -> "unknown";
        };
    meters.counter("parley.match.matches.settled", "how", how).increment();
  }

  /// One series for each pool that was ever in use, and level: pools are few, and an operator's.
  @Override
  public void waiting(Map<PoolAndLevel, Integer> levels) {
    levels.forEach((where, _) -> waiting.computeIfAbsent(where, this::gauge));
    waiting.forEach((where, count) -> count.set(levels.getOrDefault(where, 0)));
  }

  private AtomicInteger gauge(PoolAndLevel where) {
    AtomicInteger count = new AtomicInteger();
    Tags tags = Tags.of("pool", where.pool().text(), "level", word(where.level()));
    meters.gauge("parley.match.tickets.waiting", tags, count);
    return count;
  }

  @Override
  public void ended(Ticket ticket, TicketState state) {
    String word = word(state);
    meters.counter("parley.match.tickets.ended", "state", word).increment();
    line(ticket).addKeyValue("state", word).log("ticket ended");
  }

  private static String label(Enum<?> outcome) {
    return word(outcome).replace('_', '-');
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static LoggingEventBuilder line(Ticket ticket) {
    return LOG.atInfo()
        .addKeyValue("correlation", ticket.correlation())
        .addKeyValue("ticket", ticket.id());
  }
}
