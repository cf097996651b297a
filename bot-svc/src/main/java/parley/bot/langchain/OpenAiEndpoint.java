package parley.bot.langchain;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.platform.lifecycle.NodeContext;

/// One provider's address. Connections are shared by all its conversations. Thread-safe.
final class OpenAiEndpoint implements AutoCloseable {
  private final ProviderRules rules;
  private final ExecutorService threads;
  private final HttpClient http;

  OpenAiEndpoint(ProviderRules rules, NodeContext context) {
    this.rules = rules;
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(context.id() + "-provider-", 0).factory());
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(rules.times().connect())
            .executor(threads)
            .build();
  }

  /// A model for one exchange, and how to cut that.
  record Line(StreamingChatModel model, CuttableHttp exchange) {
    void cut() {
      exchange.cut();
    }
  }

  Line line() {
    CuttableHttp exchange = new CuttableHttp(http, threads);
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
    http.shutdownNow();
    threads.shutdownNow();
    http.close();
  }
}
