package parley.match.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.match.core.Level;
import parley.match.core.OwnerNews;
import parley.match.core.Sign;
import parley.match.core.TicketId;
import parley.platform.redis.StreamEntry;

/// What the entries of one inbox say. Used by one thread.
///
/// Entries that were read before come again after a broken connection. What names the match, the
/// stream or the end it is about is told again, because what answers now may have forgotten entries
/// and may number others like them; the owner knows such news by what it names. What is true only
/// when it is said (somebody is there, wishes something, was sent back) is told once; were it lost,
/// its person would say it again, or the ticket's own timers would find out.
final class InboxReader implements Consumer<StreamEntry> {
  private static final Logger LOG = LoggerFactory.getLogger(InboxReader.class);
  private static final int TICKET_CHARACTERS = 22;

  private final Cohort cohort;
  private final Consumer<OwnerNews> listener;
  private Place newest = new Place(0, 0);

  InboxReader(Cohort cohort, Consumer<OwnerNews> listener) {
    this.cohort = cohort;
    this.listener = listener;
  }

  @Override
  public void accept(StreamEntry entry) {
    Place place = Place.of(entry.id());
    boolean isNew = place.compareTo(newest) > 0;
    if (isNew) {
      newest = place;
    }
    for (Map.Entry<String, byte[]> field : entry.fields().entrySet()) {
      byte[] value = field.getValue();
      TicketId ticket = new TicketId(new String(value, 0, TICKET_CHARACTERS, US_ASCII));
      byte[] about = Arrays.copyOfRange(value, TICKET_CHARACTERS, value.length);
      OwnerNews news = read(field.getKey(), ticket, about);
      if (news != null && (isNew || bearsRepetition(news))) {
        listener.accept(news);
      }
    }
  }

  private static boolean bearsRepetition(OwnerNews news) {
    return switch (news) {
      case OwnerNews.PeerFound _,
          OwnerNews.Proposed _,
          OwnerNews.TakenOver _,
          OwnerNews.Cancelled _,
          OwnerNews.Paused _ ->
          true;
      case OwnerNews.Heard _, OwnerNews.Wished _, OwnerNews.Returned _, OwnerNews.Rests _ -> false;
    };
  }

  /// Nothing if a newer node wrote it.
  private @Nullable OwnerNews read(String word, TicketId ticket, byte[] about) {
    return switch (word) {
      case "matched" -> new OwnerNews.PeerFound(ticket, MatchRecord.read(about, cohort));
      case "proposed" -> new OwnerNews.Proposed(ticket, MatchRecord.read(about, cohort));
      case "returned" -> new OwnerNews.Returned(ticket, why(text(about)));
      case "rests" -> new OwnerNews.Rests(ticket);
      case "wish" -> new OwnerNews.Wished(ticket, AiText.welcome(text(about)));
      case "paused" ->
          new OwnerNews.Paused(ticket, Duration.ofNanos(Long.parseLong(text(about)) * 1000));
      case "moved" -> new OwnerNews.TakenOver(ticket, Integer.parseInt(text(about)));
      case "ended" -> new OwnerNews.Cancelled(ticket);
      case "heard" -> new OwnerNews.Heard(ticket, Sign.STILL_HERE, level(text(about)));
      case "relax" -> new OwnerNews.Heard(ticket, Sign.RELAX_NOW, level(text(about)));
      default -> {
        LOG.atWarn().addKeyValue("word", word).log("a newer node's word");
        yield null;
      }
    };
  }

  private static String text(byte[] about) {
    return new String(about, US_ASCII);
  }

  /// Older nodes did not say it.
  private static @Nullable Level level(String step) {
    return step.isEmpty() ? null : Level.ofStep(Integer.parseInt(step));
  }

  private static OwnerNews.Why why(String letter) {
    return switch (letter) {
      case "D" -> OwnerNews.Why.DECLINED;
      case "W" -> OwnerNews.Why.WITHDRAWN;
      default -> OwnerNews.Why.NOBODY_CAME;
    };
  }

  /// Where an entry stands in its stream.
  private record Place(long millis, long number) implements Comparable<Place> {
    static Place of(String id) {
      int dash = id.indexOf('-');
      return new Place(
          Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1)));
    }

    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }
}
