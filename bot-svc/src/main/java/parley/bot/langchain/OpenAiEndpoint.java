package parley.bot.langchain;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.platform.lifecycle.NodeContext;

/// One provider's address. Thread-safe.
///
/// Each exchange has a client of its own, which is ended to cut it: a cancelled call of the JDK's
/// client leaves its connection open if the head of the answer is just coming (one in ten in its
/// first milliseconds, JDK 25), and the provider goes on writing, and counting, for nobody.
final class OpenAiEndpoint implements AutoCloseable {
  private final ProviderRules rules;
  private final ExecutorService threads;
  private final Set<CuttableHttp> exchanges = ConcurrentHashMap.newKeySet();

  OpenAiEndpoint(ProviderRules rules, NodeContext context) {
    this.rules = rules;
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(context.id() + "-provider-", 0).factory());
  }

  /// A model for one exchange, and how to cut that.
  record Line(StreamingChatModel model, CuttableHttp exchange) {
    void cut() {
      exchange.cut();
    }
  }

  Line line() {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(rules.times().connect())
            .executor(threads)
            .build();
    CuttableHttp exchange = new CuttableHttp(http, threads, exchanges::remove);
    exchanges.add(exchange);
    var model =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(exchange.builder())
            .baseUrl(rules.baseUrl().toString())
            .apiKey(rules.key().isEmpty() ? "none" : rules.key())
            .modelName(rules.model())
            .temperature(rules.temperature())
            .maxTokens(rules.reply().tokens())
            .build();
    return new Line(model, exchange);
  }

  @Override
  public void close() {
    exchanges.forEach(CuttableHttp::cut);
    threads.shutdownNow();
  }
}
