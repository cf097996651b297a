package parley.bot.core.conduct;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A text file of sections: `[name]`, then its entries, one a line; `#` begins a line that is not
/// read. Faults go to a list, with file, line and what was expected.
final class SectionFile {
  private final String name;
  private final Faults faults;
  private final Map<String, List<Entry>> sections = new LinkedHashMap<>();

  /// @param line counts from 1
  record Entry(int line, String text) {}

  SectionFile(String name, String text, Faults faults) {
    this.name = name;
    this.faults = faults;
    read(text.lines().toList());
  }

  private void read(List<String> lines) {
    List<Entry> section = null;
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = open(number, line.substring(1, line.length() - 1));
      } else if (section == null) {
        fault(number, "found '" + line + "', expected a [section] first");
      } else {
        section.add(new Entry(number, line));
      }
    }
  }

  private List<Entry> open(int number, String section) {
    if (sections.containsKey(section)) {
      fault(number, "found [" + section + "] again, expected each section once");
    }
    return sections.computeIfAbsent(section, _ -> new ArrayList<>());
  }

  /// The entries of a section that must be there with at least so many.
  List<Entry> required(String section, int least) {
    List<Entry> entries = optional(section);
    if (entries.size() < least) {
      faults.add(
          "%s: [%s] has %d lines, expected %d or more"
              .formatted(name, section, entries.size(), least));
    }
    return entries;
  }

  /// The entries of a section, none if it is not there.
  List<Entry> optional(String section) {
    return sections.getOrDefault(section, List.of());
  }

  /// The phrases of a section, none if it is not there.
  List<Phrase> phrases(String section) {
    List<Phrase> phrases = new ArrayList<>();
    for (Entry entry : optional(section)) {
      try {
        phrases.add(Phrase.parse(entry.text()));
      } catch (IllegalArgumentException wrong) {
        fault(entry.line(), "'" + entry.text() + "': " + wrong.getMessage());
      }
    }
    return phrases;
  }

  /// Every section is one of these.
  void allow(List<String> names) {
    sections.keySet().stream()
        .filter(section -> !names.contains(section))
        .forEach(
            section ->
                faults.add("%s: found [%s], expected one of %s".formatted(name, section, names)));
  }

  void fault(int line, String what) {
    faults.add("%s:%d: %s".formatted(name, line, what));
  }
}
