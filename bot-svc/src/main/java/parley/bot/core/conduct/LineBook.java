package parley.bot.core.conduct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is said word for word in one language, from its `lines.txt`.
final class LineBook {
  static final int LONGEST = 500;

  private final Map<String, List<String>> sections;

  private LineBook(Map<String, List<String>> sections) {
    this.sections = sections;
  }

  static LineBook read(String name, String text, Faults faults) {
    SectionFile file = new SectionFile(name, text, faults);
    file.allow(
        Stream.concat(
                Stream.of(FixedLine.values()).map(FixedLine::section),
                Stream.of(EmergencyLine.values()).map(EmergencyLine::section))
            .toList());
    Map<String, List<String>> sections = new HashMap<>();
    for (FixedLine which : FixedLine.values()) {
      sections.put(
          which.section(), wordings(file, file.required(which.section(), which.least()), 0));
    }
    for (EmergencyLine which : EmergencyLine.values()) {
      sections.put(
          which.section(),
          wordings(
              file, file.required(which.section(), which.least()), which.isNumbered() ? 1 : 0));
    }
    return new LineBook(sections);
  }

  private static List<String> wordings(
      SectionFile file, List<SectionFile.Entry> entries, int numbers) {
    List<String> wordings = new ArrayList<>();
    for (SectionFile.Entry entry : entries) {
      String text = entry.text();
      if (text.length() > LONGEST) {
        file.fault(
            entry.line(), "has %d characters, expected up to %d".formatted(text.length(), LONGEST));
      }
      if (count(text) != numbers) {
        file.fault(
            entry.line(),
            "'%s': found %d times {numbers}, expected %d".formatted(text, count(text), numbers));
      }
      if (text.replace(EmergencyLine.NUMBERS, "").matches(".*[{}].*")) {
        file.fault(entry.line(), "'" + text + "': expected no braces but those of {numbers}");
      }
      if (wordings.contains(text)) {
        file.fault(entry.line(), "'" + text + "': found again, expected other words each time");
      }
      wordings.add(text);
    }
    return wordings;
  }

  private static int count(String text) {
    return text.split("\\{numbers}", -1).length - 1;
  }

  String say(FixedLine which, int turn, Predicate<String> heard) {
    return wording(which.section(), turn, heard);
  }

  String say(EmergencyLine which, int turn, Predicate<String> heard) {
    return wording(which.section(), turn, heard);
  }

  /// The turn's wording, or the next one that was not heard; the turn's if all were.
  private String wording(String section, int turn, Predicate<String> heard) {
    List<String> wordings = sections.getOrDefault(section, List.of());
    return IntStream.range(0, wordings.size())
        .mapToObj(next -> wordings.get(Math.floorMod(turn + next, wordings.size())))
        .filter(heard.negate())
        .findFirst()
        .orElseGet(() -> wordings.get(Math.floorMod(turn, wordings.size())));
  }
}
