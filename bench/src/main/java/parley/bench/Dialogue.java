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
    List<Dialogue> all = new ArrayList<>();
    String title = file.getFileName().toString();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(LINE)) {
        lines.add(line.substring(LINE.length()).strip());
      } else if (line.startsWith(TITLE)) {
        add(all, title, lines);
        title = line.substring(TITLE.length()).strip();
        lines.clear();
      } else if (!line.isBlank()) {
        throw new IllegalArgumentException(
            file + " has the line '" + line + "', expected '# title', '> words' or nothing");
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
