package parley.bot.langchain;

import java.time.Duration;

/// How long a provider may take. Whoever takes longer has failed.
///
/// @param connect for the connection
/// @param firstToken from the question to the first word
/// @param betweenTokens from a word to the next
/// @param whole from the question to the end of the answer
public record ProviderTimes(
    Duration connect, Duration firstToken, Duration betweenTokens, Duration whole) {
  public static final ProviderTimes DEFAULT =
      new ProviderTimes(
          Duration.ofSeconds(2),
          Duration.ofSeconds(8),
          Duration.ofSeconds(4),
          Duration.ofSeconds(25));
}
