package parley.session.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/// The first words of a conversation with an AI: what it is, and where the words go. Texts stand in
/// `parley/session/disclosure.properties`, whose head says how.
public final class Disclosures {
  private static final String FILE = "/parley/session/disclosure.properties";
  private static final String FALLBACK = "en";

  private final Properties texts;

  private Disclosures(Properties texts) {
    this.texts = texts;
  }

  public static Disclosures load() {
    Properties texts = new Properties();
    try (InputStream file =
            Objects.requireNonNull(Disclosures.class.getResourceAsStream(FILE), FILE);
        Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      texts.load(reader);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new Disclosures(texts);
  }

  /// In the first of the person's languages that is known, else in English.
  String text(AiPeer ai) {
    String which = which(ai);
    return ai.languages().stream()
        .map(Disclosures::primary)
        .filter(language -> texts.containsKey(language + which))
        .findFirst()
        .map(language -> texts.getProperty(language + which))
        .orElseGet(() -> Objects.requireNonNull(texts.getProperty(FALLBACK + which)))
        .replace("{provider}", ai.provider());
  }

  /// Where the words go outweighs what answers them.
  private static String which(AiPeer ai) {
    if (!ai.provider().isEmpty()) {
      return ".provider";
    }
    return switch (ai.talker()) {
      case MODEL -> ".house";
      case BUILT_IN -> ".built-in";
    };
  }

  private static String primary(String tag) {
    return tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
  }
}
