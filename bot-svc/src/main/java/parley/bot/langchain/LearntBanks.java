package parley.bot.langchain;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.bot.core.bank.Bank;
import parley.bot.core.bank.BankTexts;
import parley.bot.core.bank.FaultyTexts;
import parley.bot.core.companion.Banks;
import parley.bot.core.companion.Repertoire;
import parley.bot.core.game.GameShelf;
import parley.bot.core.port.Embedder;
import parley.platform.lifecycle.NodeContext;

/// Banks that are made ready when this begins, one language after the other, on a thread of its
/// own: some hundred milliseconds and 150 MB. What the phrasings mean comes with the classes
/// ([KnownMeanings]); if that is missing or damaged, an operator is told, and they are learnt anew,
/// which takes seconds of CPU. A language that cannot be learnt is told once, and spoken without a
/// bank.
public final class LearntBanks implements Banks, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LearntBanks.class);
  private static final List<String> LANGUAGES = List.of("en", "de");
  private static final long STOPS_WITHIN_SECONDS = 2;

  private final InstantSource steady;
  private final ExecutorService learner;
  private final Map<String, Repertoire> banks = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public LearntBanks(NodeContext context) {
    this.steady = context.steady();
    this.learner =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name(context.id() + "-banks").factory());
    LANGUAGES.forEach(language -> learner.execute(() -> learn(language)));
  }

  @Override
  public Optional<Repertoire> of(String language) {
    return Optional.ofNullable(banks.get(language));
  }

  /// Stops after the phrasing that is being learnt.
  @Override
  public void close() {
    closed = true;
    learner.shutdownNow();
    try {
      var _ = learner.awaitTermination(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void learn(String language) {
    Instant began = steady.instant();
    try {
      BankTexts texts = BankTexts.of(language);
      KnownMeanings known = known(language, texts.meant(), untilClosed(new MiniLmEmbedder()));
      banks.put(
          language,
          new Repertoire(new Bank(texts, known), new GameShelf(language, texts.vocabulary())));
      LOG.atInfo()
          .addKeyValue("language", language)
          .addKeyValue("exchanges", texts.exchanges().size())
          .addKeyValue("known", known.size())
          .addKeyValue("ms", Duration.between(began, steady.instant()).toMillis())
          .log("bank learnt");
    } catch (Closed _) {
      LOG.atDebug().addKeyValue("language", language).log("closed before the bank was learnt");
    } catch (FaultyTexts faulty) {
      LOG.atError().setCause(faulty).addKeyValue("language", language).log("bank is faulty");
    } catch (RuntimeException | LinkageError unusable) {
      // The model is native code, which not every machine has.
      LOG.atWarn().setCause(unusable).addKeyValue("language", language).log("no bank");
    }
  }

  private static KnownMeanings known(String language, List<String> texts, Embedder embedder) {
    String name = "/parley/bot/bank/" + language + "/" + KnownMeanings.FILE;
    try (InputStream file = LearntBanks.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("it is not there");
      }
      return KnownMeanings.read(file.readAllBytes(), texts, embedder);
    } catch (IOException unusable) {
      LOG.atWarn()
          .setCause(unusable)
          .addKeyValue("file", name)
          .log("the bank's meanings cannot be used and are learnt anew");
      return KnownMeanings.none(embedder);
    }
  }

  private Embedder untilClosed(Embedder embedder) {
    return text -> {
      if (closed) {
        throw new Closed();
      }
      return embedder.embed(text);
    };
  }

  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
