package parley.bot.langchain;

import java.net.URI;
import java.time.Duration;
import parley.bot.core.ReplyRules;

/// Where words come from, and on what terms.
///
/// @param baseUrl up to and without `/chat/completions`
/// @param key sent as a bearer token; empty for none
/// @param name who gets the words if they leave the house, as people know it; empty if they stay
/// @param temperature 0 to 2: how freely it speaks
/// @param memoryTokens how much of a conversation it is reminded of
/// @param leftAlone how long it is asked nothing after it failed again and again
public record ProviderRules(
    URI baseUrl,
    String model,
    String key,
    String name,
    double temperature,
    int memoryTokens,
    ReplyRules reply,
    ProviderTimes times,
    Duration leftAlone) {
  /// Keys are not for logs.
  @Override
  public String toString() {
    return model + " at " + baseUrl;
  }
}
