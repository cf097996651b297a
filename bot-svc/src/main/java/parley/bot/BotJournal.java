package parley.bot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.bot.core.Ending;
import parley.bot.core.Fault;
import parley.bot.core.Improvised;
import parley.bot.core.Interruption;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Reviewed;
import parley.bot.core.port.Journal;

/// The names of this service's metrics.
final class BotJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(BotJournal.class);
  private static final Duration[] WAITS = {
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry meters;
  private final Timer typing;
  private final Timer firstSentence;

  BotJournal(MeterRegistry meters) {
    this.meters = meters;
    this.typing = timer("parley.bot.typing.after", meters);
    this.firstSentence = timer("parley.bot.first.sentence.after", meters);
  }

  private static Timer timer(String name, MeterRegistry meters) {
    return Timer.builder(name).serviceLevelObjectives(WAITS).register(meters);
  }

  /// @param most how many places there are
  void countPlaces(IntSupplier taken, int most) {
    Gauge.builder("parley.bot.places.taken", taken::getAsInt).register(meters);
    Gauge.builder("parley.bot.places.most", () -> most).register(meters);
  }

  @Override
  public void reserved() {
    count("parley.bot.places.asked", "outcome", "reserved");
  }

  @Override
  public void full() {
    count("parley.bot.places.asked", "outcome", "full");
  }

  @Override
  public void refused() {
    count("parley.bot.places.asked", "outcome", "refuses");
  }

  @Override
  public void lapsed() {
    meters.counter("parley.bot.places.lapsed").increment();
  }

  @Override
  public void typingAfter(Duration time) {
    typing.record(time);
  }

  @Override
  public void firstSentenceAfter(Duration time) {
    firstSentence.record(time);
  }

  @Override
  public void spent(int tokens) {
    meters.counter("parley.bot.tokens").increment(tokens);
  }

  @Override
  public void cancelled(Interruption why) {
    count("parley.bot.answers.cancelled", "why", text(why));
  }

  @Override
  public void fault(Fault fault) {
    count("parley.bot.provider.faults", "fault", text(fault));
  }

  @Override
  public void fixedLine(FixedLine which) {
    count("parley.bot.lines.fixed", "line", text(which));
  }

  @Override
  public void judged(Judgement judgement) {
    String rule =
        switch (judgement) {
          case Judgement.Plain _ -> "none";
          case Judgement.Emergency emergency -> text(emergency.danger());
          case Judgement.AsksWhatYouAre _ -> "asks_what_you_are";
          case Judgement.WantsToMeet _ -> "wants_to_meet";
          case Judgement.WantsContact _ -> "wants_contact";
        };
    count("parley.bot.messages.judged", "rule", rule);
  }

  @Override
  public void replaced(Reviewed.Why why) {
    count("parley.bot.sentences.replaced", "why", text(why));
  }

  @Override
  public void improvised(Improvised how) {
    count("parley.bot.lines.improvised", "how", text(how));
  }

  @Override
  public void ended(Ending ending) {
    count("parley.bot.conversations.ended", "ending", text(ending));
    LOG.atInfo().addKeyValue("ending", ending).log("conversation of an AI peer ended");
  }

  private void count(String name, String label, String value) {
    meters.counter(name, label, value).increment();
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
