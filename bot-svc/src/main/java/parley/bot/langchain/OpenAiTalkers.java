package parley.bot.langchain;

import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import parley.bot.core.port.Journal;
import parley.bot.core.port.Talker;
import parley.bot.core.port.Talkers;
import parley.domain.TalkerKind;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;

/// Talks by a provider that speaks OpenAI's chat completions. All conversations of a node share its
/// connections, and the breaker that leaves it alone for a while when it fails again and again.
public final class OpenAiTalkers implements Talkers, AutoCloseable {
  /// Whose way of counting tokens stands for that of every model; a guess for most.
  private static final String COUNTS_LIKE = "gpt-4o";

  /// So many failures without an answer between them, and it is left alone. No share of the last
  /// calls, however long ago: with that, a provider that came back was left alone at its first
  /// answers.
  private static final int IN_A_ROW = 6;

  private static final int PROBES = 2;

  private final Lifecycle lifecycle = new Lifecycle();
  private final OpenAiEndpoint endpoint;
  private final ScheduledExecutorService timers;
  private final CircuitBreaker breaker;
  private final ProviderRules rules;
  private final SystemPrompt system = SystemPrompt.load();
  private final ChatWindow window;
  private final Journal journal;

  public OpenAiTalkers(ProviderRules rules, Journal journal, NodeContext context) {
    this.rules = rules;
    this.journal = journal;
    this.endpoint = lifecycle.own(new OpenAiEndpoint(rules, context));
    ScheduledExecutorService clockwork =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(context.id() + "-provider-times").factory());
    lifecycle.own(() -> clockwork.shutdownNow());
    this.timers = clockwork;
    this.window =
        new ChatWindow(system, new OpenAiTokenCountEstimator(COUNTS_LIKE), rules.memoryTokens());
    var _ = window.count(COUNTS_LIKE); // reads its tables now, not when the first person waits
    this.breaker =
        CircuitBreaker.of(
            "provider",
            CircuitBreakerConfig.custom()
                .slidingWindow(IN_A_ROW, IN_A_ROW, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .waitDurationInOpenState(rules.leftAlone())
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build());
  }

  @Override
  public Talker begin() {
    return (prompt, listener) -> {
      TwoTries tries = new TwoTries(this, prompt, listener);
      tries.start();
      return tries;
    };
  }

  @Override
  public TalkerKind kind() {
    return TalkerKind.MODEL;
  }

  @Override
  public String provider() {
    return rules.name();
  }

  /// Also lets somebody try it again after a while.
  @Override
  public boolean isReady() {
    boolean permitted = breaker.tryAcquirePermission();
    if (permitted) {
      breaker.releasePermission();
    }
    return permitted;
  }

  @Override
  public List<String> secrets() {
    return rules.key().isEmpty() ? List.of(system.secret()) : List.of(system.secret(), rules.key());
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  OpenAiEndpoint endpoint() {
    return endpoint;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  ProviderRules rules() {
    return rules;
  }

  ChatWindow window() {
    return window;
  }

  Journal journal() {
    return journal;
  }
}
