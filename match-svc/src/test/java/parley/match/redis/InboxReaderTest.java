package parley.match.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.match.core.AiWelcome;
import parley.match.core.Level;
import parley.match.core.OwnerNews;
import parley.match.core.Sign;
import parley.match.core.TicketId;
import parley.platform.redis.StreamEntry;

class InboxReaderTest {
  private static final TicketId TICKET = new TicketId("a".repeat(22));

  private final List<OwnerNews> told = new ArrayList<>();
  private final InboxReader reader = new InboxReader(Cohort.ADULT, told::add);

  @Test
  void aWishToRelaxNamesTheLevelItIsAbout() {
    read("100-0", "relax", "1");
    read("100-1", "relax", "");
    assertThat(told)
        .containsExactly(
            new OwnerNews.Heard(TICKET, Sign.RELAX_NOW, Level.SAME_LANGUAGE),
            new OwnerNews.Heard(TICKET, Sign.RELAX_NOW));
  }

  @Test
  void whatIsTrueOnlyWhenItIsSaidIsToldOnceHoweverOftenTheInboxIsRead() {
    for (int i = 0; i < 3; i++) {
      read("100-0", "heard", "0");
      read("100-1", "wish", "N");
      read("100-2", "relax", "0");
      read("101-0", "returned", "D");
      read("102-0", "rests", "");
    }
    read("102-1", "wish", "M");
    assertThat(told)
        .containsExactly(
            new OwnerNews.Heard(TICKET, Sign.STILL_HERE, Level.SAME_TAGS),
            new OwnerNews.Wished(TICKET, AiWelcome.NEVER),
            new OwnerNews.Heard(TICKET, Sign.RELAX_NOW, Level.SAME_TAGS),
            new OwnerNews.Returned(TICKET, OwnerNews.Why.DECLINED),
            new OwnerNews.Rests(TICKET),
            new OwnerNews.Wished(TICKET, AiWelcome.MEANWHILE));
  }

  @Test
  void whatNamesWhatItIsAboutIsToldAgain() {
    read("100-0", "moved", "0003");
    read("101-0", "ended", "C");
    read("100-0", "moved", "0003");
    assertThat(told)
        .containsExactly(
            new OwnerNews.TakenOver(TICKET, 3),
            new OwnerNews.Cancelled(TICKET),
            new OwnerNews.TakenOver(TICKET, 3));
  }

  @Test
  void aNewerNodesWordIsPassedOver() {
    read("100-0", "unheard-of", "?");
    read("101-0", "ended", "C");
    assertThat(told).containsExactly(new OwnerNews.Cancelled(TICKET));
  }

  private void read(String id, String word, String about) {
    byte[] value = (TICKET.text() + about).getBytes(US_ASCII);
    reader.accept(new StreamEntry(id, Map.of(word, value), Duration.ZERO));
  }
}
