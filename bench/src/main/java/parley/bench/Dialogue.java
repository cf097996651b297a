package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The person's side of a conversation.
record Dialogue(String title, List<String> lines) {
  private static final String TITLE = "#";
  private static final String LINE = ">";

  Dialogue {
    lines = List.copyOf(lines);
  }

  /// Those of a file: `# title`, then one line of the person's each after `> `.
  ///
  /// @throws IllegalArgumentException if a line is neither
  static List<Dialogue> read(Path file) throws IOException {
    return of(file.toString(), Files.readAllLines(file));
  }

  /// As [#read].
  ///
  /// @param name of the text, and of a dialogue without a title
  static List<Dialogue> of(String name, List<String> text) {
    List<Dialogue> all = new ArrayList<>();
    String title = name;
    List<String> lines = new ArrayList<>();
    for (String line : text) {
      if (line.startsWith(LINE)) {
        lines.add(line.substring(LINE.length()).strip());
      } else if (line.startsWith(TITLE)) {
        add(all, title, lines);
        title = line.substring(TITLE.length()).strip();
        lines.clear();
      } else if (!line.isBlank()) {
        throw new IllegalArgumentException(
            name + " has the line '" + line + "', expected '# title', '> words' or nothing");
      }
    }
    add(all, title, lines);
    return all;
  }

  private static void add(List<Dialogue> all, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      all.add(new Dialogue(title, lines));
    }
  }
}
