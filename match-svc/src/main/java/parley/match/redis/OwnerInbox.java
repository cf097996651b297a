package parley.match.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.match.core.OwnerNews;
import parley.match.core.Sign;
import parley.match.core.TicketId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.StreamEntry;
import parley.platform.redis.StreamFollower;

/// What other nodes did to this owner's tickets: one stream in each cohort, each read on a thread
/// of its own. After a broken connection entries come twice; the owner bears it.
public final class OwnerInbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerInbox.class);
  private static final Duration FIRST_READ_PATIENCE = Duration.ofSeconds(2);
  private static final int TICKET_CHARACTERS = 22;

  private final List<StreamFollower> followers = new ArrayList<>();

  private OwnerInbox() {}

  /// Hears all news in order, on the reading threads; the listener must not block.
  public static OwnerInbox follow(
      RedisConfig redis, OwnerLease lease, Consumer<OwnerNews> listener, NodeContext context) {
    OwnerInbox inbox = new OwnerInbox();
    for (Cohort cohort : lease.cohorts()) {
      inbox.followers.add(
          StreamFollower.follow(
              redis,
              MatchKeys.of(redis).inbox(cohort, lease.owner()),
              entry -> read(entry, cohort, listener),
              context.id() + "-inbox-" + cohort.code(),
              FIRST_READ_PATIENCE));
    }
    return inbox;
  }

  @Override
  public void close() {
    followers.forEach(StreamFollower::close);
  }

  private static void read(StreamEntry entry, Cohort cohort, Consumer<OwnerNews> listener) {
    for (Map.Entry<String, byte[]> field : entry.fields().entrySet()) {
      byte[] value = field.getValue();
      TicketId ticket = new TicketId(new String(value, 0, TICKET_CHARACTERS, US_ASCII));
      byte[] about = Arrays.copyOfRange(value, TICKET_CHARACTERS, value.length);
      switch (field.getKey()) {
        case "matched" ->
            listener.accept(new OwnerNews.PeerFound(ticket, MatchRecord.read(about, cohort)));
        case "proposed" ->
            listener.accept(new OwnerNews.Proposed(ticket, MatchRecord.read(about, cohort)));
        case "returned" -> listener.accept(new OwnerNews.Returned(ticket, why(about)));
        case "rests" -> listener.accept(new OwnerNews.Rests(ticket));
        case "wish" ->
            listener.accept(
                new OwnerNews.Wished(ticket, AiText.welcome(new String(about, US_ASCII))));
        case "paused" ->
            listener.accept(
                new OwnerNews.Paused(
                    ticket, Duration.ofNanos(Long.parseLong(new String(about, US_ASCII)) * 1000)));
        case "moved" ->
            listener.accept(
                new OwnerNews.TakenOver(ticket, Integer.parseInt(new String(about, US_ASCII))));
        case "ended" -> listener.accept(new OwnerNews.Cancelled(ticket));
        case "heard" -> listener.accept(new OwnerNews.Heard(ticket, Sign.STILL_HERE));
        case "relax" -> listener.accept(new OwnerNews.Heard(ticket, Sign.RELAX_NOW));
        default -> LOG.atWarn().addKeyValue("word", field.getKey()).log("a newer node's word");
      }
    }
  }

  private static OwnerNews.Why why(byte[] about) {
    return switch (new String(about, US_ASCII)) {
      case "D" -> OwnerNews.Why.DECLINED;
      case "W" -> OwnerNews.Why.WITHDRAWN;
      default -> OwnerNews.Why.NOBODY_CAME;
    };
  }
}
