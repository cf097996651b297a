package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parley.domain.SessionId;

/// Receipts, reckoned again from what both people wrote, by other means.
class ReceiptTest {
  private static final int PAIRS = 5_000;

  @Test
  void aReceiptSaysWhatBothGaveAndNothingElse() {
    RandomWishes wishes = new RandomWishes(11, 12);
    SplittableRandom random = new SplittableRandom(11);
    Instant made = Instant.ofEpochSecond(1_000_000);
    for (int i = 0; i < PAIRS; i++) {
      MayMeet mine = wishes.next();
      MayMeet theirs = wishes.next();
      Ticket ticket = RandomWishes.ticket(mine);
      Level level = Level.ofStep(random.nextInt(3));
      Level reached = Level.ofStep(random.nextInt(level.step(), 3));
      Rank rank = new Rank(made.getEpochSecond() * 1_000_000);
      Duration relaxed = Duration.ofMillis(random.nextInt(20_000));
      Duration waited = Duration.ofMillis(random.nextInt(60_000));
      Match match =
          new Match(
              SessionId.random(random),
              level,
              made.plus(waited),
              made.plus(waited),
              List.of(
                  new MatchMember(ticket, rank, 0, reached, relaxed),
                  new MatchMember(RandomWishes.ticket(theirs), rank, 0, reached, relaxed)),
              Set.of(1, 2));
      Receipt receipt = match.receiptFor(ticket.participant());
      Set<String> shared = new HashSet<>(mine.tags());
      shared.retainAll(new HashSet<>(theirs.tags()));
      assertThat(receipt.sharedTags()).extracting(Tag::text).hasSameElementsAs(shared);
      String first =
          mine.languages().stream().filter(theirs.languages()::contains).findFirst().orElse("");
      assertThat(receipt.language() == null ? "" : receipt.language().code()).isEqualTo(first);
      assertThat(receipt.level()).isEqualTo(level);
      assertThat(receipt.waited()).isEqualTo(waited);
      int start = mine.languages().isEmpty() ? 2 : mine.tags().isEmpty() ? 1 : 0;
      boolean relaxedToIt = level == reached && level.step() != start;
      assertThat(receipt.relaxed()).isEqualTo(relaxedToIt ? relaxed : null);
    }
  }
}
