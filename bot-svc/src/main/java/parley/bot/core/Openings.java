package parley.bot.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.bot.core.conduct.Reviewed;
import parley.bot.core.conduct.Tongue;

/// First lines that ask about something the person likes. They claim nothing: what a person likes
/// is asked about, not shared.
public final class Openings {
  private static final String TAG = "{tag}";

  private final Map<String, String> lines;

  private Openings(Map<String, String> lines) {
    this.lines = lines;
  }

  /// The lines of `openings.properties`, one for each language.
  ///
  /// @throws IllegalStateException if a language has none, or one without a place for the tag
  public static Openings load() {
    Properties file = new Properties();
    try (InputStream in = Openings.class.getResourceAsStream("openings.properties")) {
      if (in == null) {
        throw new IllegalStateException("openings.properties is not there");
      }
      file.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Openings(
        Tongue.LANGUAGES.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> line(file, name))));
  }

  private static String line(Properties file, String language) {
    String line = file.getProperty(language, "");
    if (!line.contains(TAG)) {
      throw new IllegalStateException(
          "the opening of '" + language + "' is '" + line + "', expected a line with " + TAG);
    }
    return line;
  }

  /// A line about the first tag that may be repeated as it is; empty if there is none.
  ///
  /// @param review what becomes of a line with words of somebody else's
  Optional<String> about(List<String> tags, Tongue tongue, Function<String, Reviewed> review) {
    String line = lines.getOrDefault(tongue.language(), "");
    return tags.stream()
        .map(tag -> line.replace(TAG, tag))
        .flatMap(
            asked ->
                switch (review.apply(asked)) {
                  case Reviewed.Say(String text) -> Optional.of(text).stream();
                  case Reviewed.Replaced _, Reviewed.Nothing _ -> Optional.<String>empty().stream();
                })
        .findFirst();
  }
}
