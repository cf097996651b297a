package parley.bot.core.conduct;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The rules of one language, from its `rules.txt`.
final class RuleBook {
  private final Map<Rule, Phrases> rules;

  private RuleBook(Map<Rule, Phrases> rules) {
    this.rules = rules;
  }

  static RuleBook read(String name, String text, Faults faults) {
    SectionFile file = new SectionFile(name, text, faults);
    file.allow(
        Stream.of(Rule.values())
            .flatMap(rule -> Stream.of(rule.section(), rule.exceptions()))
            .toList());
    Map<Rule, Phrases> rules = new EnumMap<>(Rule.class);
    for (Rule rule : Rule.values()) {
      rules.put(
          rule,
          new Phrases(
              phrases(file, file.required(rule.section(), rule.least())),
              phrases(file, file.optional(rule.exceptions()))));
    }
    return new RuleBook(rules);
  }

  private static List<Phrase> phrases(SectionFile file, List<SectionFile.Entry> entries) {
    List<Phrase> phrases = new ArrayList<>();
    for (SectionFile.Entry entry : entries) {
      try {
        phrases.add(Phrase.parse(entry.text()));
      } catch (IllegalArgumentException wrong) {
        file.fault(entry.line(), "'" + entry.text() + "': " + wrong.getMessage());
      }
    }
    return phrases;
  }

  boolean finds(Rule rule, String folded) {
    Phrases phrases = rules.get(rule);
    return phrases != null && phrases.areIn(folded);
  }
}
