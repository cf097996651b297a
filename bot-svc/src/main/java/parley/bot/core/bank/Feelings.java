package parley.bot.core.bank;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the person of one session feels, judged from each thing they say before a line is chosen,
/// and what may be said to that. Not thread-safe.
final class Feelings {
  private static final int LINES_OF_A_MOOD = 4;
  // Fear and shame are about one thing, grief goes on.
  private static final int LINES_OF_A_FRIGHT = 1;
  private static final Set<Mood> FRIGHTS = EnumSet.of(Mood.ANXIOUS, Mood.ASHAMED);
  // Who is consoled for nothing has not been listened to.
  private static final double OTHER_TROUBLE = 0.7;
  private static final double ASKED_FOR = 0.9;
  private static final double ANOTHER_SUBJECT = 0.85;

  private final Bank bank;
  private @Nullable Mood mood;
  private int since;

  Feelings(Bank bank) {
    this.bank = bank;
  }

  void hear(Spoken spoken, List<Near> near) {
    since++;
    if (since > (FRIGHTS.contains(mood) ? LINES_OF_A_FRIGHT : LINES_OF_A_MOOD)) {
      mood = null;
    }
    bank.moodOf(spoken, near).ifPresent(this::felt);
  }

  /// Laughter does not end grief at once.
  private void felt(Mood heard) {
    if (!isHeavy() || heard.isHeavy()) {
      mood = heard;
      since = 0;
    }
  }

  /// A line of this exchange was said, which is so sure to fit.
  void answered(Exchange exchange, double score) {
    if (score >= OTHER_TROUBLE) {
      exchange.feeling().ifPresent(this::felt);
    }
  }

  Optional<Mood> mood() {
    return Optional.ofNullable(mood);
  }

  /// What was heard last told it.
  boolean isFresh() {
    return mood != null && since == 0;
  }

  boolean isHeavy() {
    return mood != null && mood.isHeavy();
  }

  /// Whether lines of the exchange may be said now. Who feels bad hears what was written for that;
  /// of the rest only what they ask for in so many words, or change the subject to.
  boolean allow(Near near, boolean asks) {
    Optional<Mood> meant = near.exchange().feeling();
    if (!isHeavy()) {
      return meant.filter(Mood::isHeavy).isEmpty()
          || (near.score() >= OTHER_TROUBLE && !near.exchange().topic().equals(Topic.ASKING));
    }
    if (meant.filter(Mood::isHeavy).isPresent()) {
      return meant.equals(mood()) || near.score() >= OTHER_TROUBLE;
    }
    return meant.isEmpty()
        && !near.exchange().topic().equals(Topic.FAREWELL)
        && (asks ? near.score() >= ASKED_FOR : since > 1 && near.score() >= ANOTHER_SUBJECT);
  }

  /// The exchange is for who feels like the person does, and just told.
  boolean fit(Exchange exchange) {
    return mood != null && exchange.feeling().equals(mood()) && (isFresh() || isLasting());
  }

  private boolean isLasting() {
    return isHeavy() && !FRIGHTS.contains(mood);
  }
}
