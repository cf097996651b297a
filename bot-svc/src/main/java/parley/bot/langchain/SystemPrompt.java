package parley.bot.langchain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import parley.bot.core.Prompt;

/// What a model is told before anything else, from `system-prompt.txt` and, after an emergency,
/// `gentle-prompt.txt`. No rule of conduct depends on the model's obeying it.
final class SystemPrompt {
  private final String usual;
  private final String gentle;

  private SystemPrompt(String usual, String gentle) {
    this.usual = usual;
    this.gentle = gentle;
  }

  static SystemPrompt load() {
    return new SystemPrompt(resource("system-prompt.txt"), resource("gentle-prompt.txt"));
  }

  String of(Prompt prompt) {
    String language =
        Locale.forLanguageTag(prompt.tongue().language()).getDisplayLanguage(Locale.ENGLISH);
    String tags =
        prompt.tags().isEmpty() ? "nothing in particular" : String.join(", ", prompt.tags());
    String told = usual.replace("{language}", language).replace("{tags}", tags);
    return prompt.tone() == Prompt.Tone.GENTLE ? told + "\n" + gentle : told;
  }

  /// What must not be said word for word.
  String secret() {
    return usual + "\n" + gentle;
  }

  private static String resource(String name) {
    try (InputStream file = SystemPrompt.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not there");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
