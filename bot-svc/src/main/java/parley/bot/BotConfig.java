package parley.bot;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import parley.bot.core.PlaceRules;
import parley.bot.core.ReplyRules;
import parley.bot.core.TalkTimes;
import parley.bot.core.conduct.BudgetLimits;
import parley.bot.core.conduct.Spent;
import parley.bot.langchain.ProviderRules;
import parley.bot.langchain.ProviderTimes;
import parley.bot.smollm.SmolLm;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.config.Settings;
import parley.platform.discovery.LeaseTimes;
import parley.platform.redis.RedisConfig;

/// All settings of one node. `config/bot.yaml` names them with their defaults.
///
/// @param mesh calls of our own services; there are no others
/// @param provider where words come from; empty for the companion in the box
/// @param banks whether the companion looks things up, or says the lines of the files
/// @param model the small model's wheel, or a GGUF file; empty for a companion without it
/// @param modelWithin how long it may take for a line; then the bank has another
/// @param goodbyeWithin how long a node that goes away waits until its AI peers have left
public record BotConfig(
    NodeConfig node,
    HostPort mesh,
    RedisConfig redis,
    LeaseTimes lease,
    int concurrentCalls,
    PlaceRules places,
    TalkTimes times,
    BudgetLimits budget,
    Optional<ProviderRules> provider,
    BankUse banks,
    Optional<Path> model,
    Duration modelWithin,
    Duration goodbyeWithin) {
  private static final TalkTimes TIMES = TalkTimes.DEFAULT;
  private static final ProviderTimes PROVIDER = ProviderTimes.DEFAULT;
  private static final ReplyRules REPLY = ReplyRules.DEFAULT;
  private static final BudgetLimits BUDGET = BudgetLimits.DEFAULT;
  private static final int MANY = 100_000_000;
  private static final String NO_MODEL = "none";

  /// Whether a node without a provider learns the banks of small talk when it starts: about a
  /// second of CPU, and some 150 MB.
  public enum BankUse {
    LEARN,
    LEAVE
  }

  private enum Kind {
    NONE,
    OPENAI_COMPATIBLE
  }

  /// Whether words that go to a provider leave what the operator answers for.
  private enum Words {
    LEAVE,
    STAY
  }

  /// @throws parley.platform.config.ConfigFaults with all faults
  public static BotConfig read(Settings settings) {
    BotConfig config =
        new BotConfig(
            NodeConfig.read(settings),
            settings.listener("mesh.address"),
            RedisConfig.read(settings),
            LeaseTimes.read(settings),
            settings.integer("calls.concurrent", 1, 100_000, 1_000),
            new PlaceRules(
                settings.integer("conversations.most", 1, 100_000, 50),
                duration(settings, "conversations.held-for", Duration.ofSeconds(10))),
            times(settings),
            budget(settings),
            provider(settings),
            settings.oneOf("companion.banks", BankUse.class, BankUse.LEARN),
            model(settings),
            duration(settings, "companion.model-within", SmolLm.WITHIN),
            duration(settings, "drain.goodbye-within", Duration.ofSeconds(5)));
    settings.check();
    return config;
  }

  /// A file that is not there is no fault: the companion then talks without it, and says so.
  private static Optional<Path> model(Settings s) {
    String file = s.text("companion.model", NO_MODEL);
    return file.isBlank() || file.equals(NO_MODEL) ? Optional.empty() : Optional.of(Path.of(file));
  }

  private static TalkTimes times(Settings s) {
    return new TalkTimes(
        duration(s, "conversations.gather", TIMES.gather()),
        duration(s, "conversations.gather-at-most", TIMES.gatherAtMost()),
        duration(s, "conversations.typing-every", TIMES.typingEvery()),
        duration(s, "conversations.silence", TIMES.silence()),
        duration(s, "conversations.enter-grace", TIMES.enterGrace()),
        duration(s, "conversations.aside-at-most", TIMES.asideAtMost()));
  }

  private static BudgetLimits budget(Settings s) {
    Spent conversation =
        new Spent(
            s.integer("budget.conversation.turns", 1, MANY, (int) BUDGET.conversation().turns()),
            s.integer("budget.conversation.tokens", 1, MANY, (int) BUDGET.conversation().tokens()));
    Spent day =
        new Spent(
            s.integer("budget.day.turns", 1, MANY, (int) BUDGET.day().turns()),
            s.integer("budget.day.tokens", 1, MANY, (int) BUDGET.day().tokens()));
    int near = s.integer("budget.near-percent", 1, 99, BUDGET.nearPercent());
    int devices = s.integer("budget.devices", 1, MANY, BUDGET.devices());
    if (day.turns() < conversation.turns() || day.tokens() < conversation.tokens()) {
      s.fault("budget.day", day.toString(), "what one conversation may cost, or more");
      return BUDGET;
    }
    return new BudgetLimits(conversation, day, near, devices);
  }

  private static Optional<ProviderRules> provider(Settings s) {
    Kind kind = s.oneOf("provider.kind", Kind.class, Kind.NONE);
    String url = s.text("provider.base-url", "");
    String model = s.text("provider.model", "");
    String name = s.text("provider.name", "");
    String key = key(s);
    Words words = s.oneOf("provider.words", Words.class, Words.LEAVE);
    ReplyRules reply =
        new ReplyRules(
            s.integer("provider.reply-tokens", 16, 4_096, REPLY.tokens()),
            s.integer("provider.reply-sentences", 1, 10, REPLY.sentences()),
            s.integer("provider.reply-characters", 100, 2_000, REPLY.characters()));
    int temperature = s.integer("provider.temperature-percent", 0, 200, 60);
    int memory = s.integer("provider.memory-tokens", 100, 1_000_000, 1_500);
    ProviderTimes times =
        new ProviderTimes(
            duration(s, "provider.connect-within", PROVIDER.connect()),
            duration(s, "provider.first-token-within", PROVIDER.firstToken()),
            duration(s, "provider.next-token-within", PROVIDER.betweenTokens()),
            duration(s, "provider.answer-within", PROVIDER.whole()));
    Duration leftAlone = duration(s, "provider.left-alone-for", Duration.ofSeconds(20));
    if (kind == Kind.NONE) {
      return Optional.empty();
    }
    required(s, "provider.model", model, "the model's name");
    if (words == Words.LEAVE) {
      required(s, "provider.name", name, "who gets the words, as people know it");
    }
    return Optional.of(
        new ProviderRules(
            uri(s, url),
            model,
            key,
            words == Words.LEAVE ? name : "",
            temperature / 100.0,
            memory,
            reply,
            times,
            leftAlone));
  }

  private static void required(Settings s, String name, String value, String expected) {
    if (value.isBlank()) {
      s.fault(name, value, expected);
    }
  }

  private static URI uri(Settings s, String url) {
    if (url.matches("https?://[^\\s/]+(/\\S*)?")) {
      return URI.create(url);
    }
    s.fault("provider.base-url", url, "a URL like https://host/v1");
    return URI.create("http://nowhere.invalid");
  }

  private static String key(Settings s) {
    if (s.optionalText("provider.key-file").isEmpty()) {
      return "";
    }
    Path file = s.file("provider.key-file");
    try {
      return file.toString().isEmpty()
          ? ""
          : Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      s.fault("provider.key-file", file.toString(), "a readable file");
      return "";
    }
  }

  private static Duration duration(Settings settings, String name, Duration defaultValue) {
    return settings.duration(name, Duration.ofMillis(1), Duration.ofHours(1), defaultValue);
  }
}
