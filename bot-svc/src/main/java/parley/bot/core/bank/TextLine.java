package parley.bot.core.bank;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One line of a text file, without blanks around it.
public record TextLine(Place place, String text) {
  private static final String ROOT = "/parley/bot/";

  /// The lines of a file, without comments (`#`), with the empty ones.
  ///
  /// @param file below `parley/bot/` on the class path
  /// @throws FaultyTexts if there is none
  public static List<TextLine> of(String file) {
    return of(file, whole(file));
  }

  /// The whole file, with its comments.
  ///
  /// @param file below `parley/bot/` on the class path
  /// @throws FaultyTexts if there is none
  static String whole(String file) {
    try (InputStream bytes = TextLine.class.getResourceAsStream(ROOT + file)) {
      if (bytes == null) {
        throw new FaultyTexts(List.of(new TextFault(new Place(file, 0), "is not there")));
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As if `content` were that file.
  public static List<TextLine> of(String file, String content) {
    return of(file, new BufferedReader(new java.io.StringReader(content)));
  }

  private static List<TextLine> of(String file, BufferedReader reader) {
    List<TextLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : reader.lines().toList()) {
      number++;
      if (!line.startsWith("#")) {
        lines.add(new TextLine(new Place(file, number), line.strip()));
      }
    }
    return List.copyOf(lines);
  }

  /// What stands after the first colon, or nothing.
  public String afterColon() {
    return text.substring(text.indexOf(':') + 1).strip();
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }
}
