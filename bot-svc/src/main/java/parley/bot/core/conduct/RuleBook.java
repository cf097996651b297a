package parley.bot.core.conduct;

import java.util.EnumMap;
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
      var _ = file.required(rule.section(), rule.least());
      rules.put(rule, new Phrases(file.phrases(rule.section()), file.phrases(rule.exceptions())));
    }
    return new RuleBook(rules);
  }

  boolean finds(Rule rule, String folded) {
    Phrases phrases = rules.get(rule);
    return phrases != null && phrases.areIn(folded);
  }
}
