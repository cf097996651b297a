package parley.bot.core.conduct;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// What people and models write in one language, and what conduct makes of it: one file for each
/// language beside this class, in the form of `rules.txt`. `[plain]` and `[say]` hold what looks
/// bad and is not.
record Table(String language, SectionFile file) {
  static final Conduct CONDUCT = Conduct.load();

  /// A line of a table, and the section it stands in.
  record Row(String language, String section, String text) {
    @Override
    public String toString() {
      return language + " [" + section + "] " + text;
    }
  }

  static Table of(String language) {
    Faults faults = new Faults();
    String name = "/parley/bot/conduct/" + language + ".txt";
    SectionFile file = new SectionFile(name, resource(name), faults);
    faults.check();
    return new Table(language, file);
  }

  static Stream<Row> rows(List<String> sections) {
    return Tongue.LANGUAGES.stream()
        .map(Table::of)
        .flatMap(table -> sections.stream().flatMap(section -> table.rows(section).stream()));
  }

  List<Row> rows(String section) {
    return file.optional(section).stream()
        .map(entry -> new Row(language, section, entry.text()))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream file = Table.class.getResourceAsStream(name)) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }
}
