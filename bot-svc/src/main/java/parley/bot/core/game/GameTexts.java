package parley.bot.core.game;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.bot.core.bank.FaultyTexts;
import parley.bot.core.bank.TextFault;
import parley.bot.core.bank.TextLine;
import parley.bot.core.bank.Vocabulary;

/// Reads the files of the games; their formats stand at the top of each. What cannot be read is
/// noted as a fault.
final class GameTexts {
  private final List<TextFault> faults = new ArrayList<>();

  /// `key: line | line`
  Map<String, List<String>> lines(List<TextLine> file) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (TextLine line : written(file)) {
      int colon = line.text().indexOf(':');
      List<String> alternatives = Vocabulary.alternatives(line.afterColon());
      if (colon < 1 || alternatives.isEmpty()) {
        fault(line, "expected 'key: line | line'");
      } else if (lines.put(line.text().substring(0, colon).strip(), alternatives) != null) {
        fault(line, "the key is there twice");
      }
    }
    return lines;
  }

  /// `? question`, `= answer | answer`, perhaps `~ hint`
  List<Question> questions(List<TextLine> file) {
    List<Question> questions = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (List<TextLine> block : blocks(file)) {
      String question = mark(block, "? ");
      List<String> answers = Vocabulary.alternatives(mark(block, "= "));
      if (question.isEmpty() || answers.isEmpty()) {
        fault(block.getFirst(), "expected '? question' and '= answer | answer'");
      } else if (!asked.add(question.toLowerCase(java.util.Locale.ROOT))) {
        fault(block.getFirst(), "the question is there twice");
      } else {
        questions.add(new Question(question, answers, mark(block, "~ ")));
      }
    }
    return questions;
  }

  /// `1 choice => remark`, `2 choice => remark`
  List<Dilemma> dilemmas(List<TextLine> file) {
    List<Dilemma> dilemmas = new ArrayList<>();
    for (List<TextLine> block : blocks(file)) {
      String[] first = mark(block, "1 ").split("=>", -1);
      String[] second = mark(block, "2 ").split("=>", -1);
      if (first.length != 2 || second.length != 2) {
        fault(block.getFirst(), "expected '1 choice => remark' and '2 choice => remark'");
      } else {
        dilemmas.add(
            new Dilemma(first[0].strip(), second[0].strip(), first[1].strip(), second[1].strip()));
      }
    }
    return dilemmas;
  }

  /// `trait key: question | word | word`
  List<Trait> traits(List<TextLine> file) {
    List<Trait> traits = new ArrayList<>();
    for (TextLine line : written(file)) {
      if (line.text().startsWith("trait ")) {
        String key = line.text().substring(6).split(":", -1)[0].strip();
        List<String> parts = Vocabulary.alternatives(line.afterColon());
        if (parts.size() < 2) {
          fault(line, "expected 'trait key: question | word | word'");
        } else {
          traits.add(new Trait(key, parts.getFirst(), parts.subList(1, parts.size())));
        }
      }
    }
    return traits;
  }

  /// `name | name: trait trait`
  List<Thing> things(List<TextLine> file, List<Trait> traits) {
    Set<String> keys = new HashSet<>(traits.stream().map(Trait::key).toList());
    Map<Set<String>, String> alike = new HashMap<>();
    List<Thing> things = new ArrayList<>();
    for (TextLine line : written(file)) {
      if (!line.text().startsWith("trait ")) {
        List<String> names = Vocabulary.alternatives(line.text().split(":", -1)[0]);
        Set<String> has = new HashSet<>(Arrays.asList(line.afterColon().split(" +", -1)));
        if (names.isEmpty() || !keys.containsAll(has)) {
          fault(line, "expected 'name | name: trait trait' with traits that are there");
        } else if (alike.put(has, names.getFirst()) != null) {
          fault(line, "something else has the same traits");
        } else {
          things.add(new Thing(names, has));
        }
      }
    }
    return things;
  }

  /// Words between blanks.
  List<String> words(List<TextLine> file) {
    List<String> words = new ArrayList<>();
    for (TextLine line : written(file)) {
      for (String word : line.text().split(" +", -1)) {
        if (!word.matches("\\p{Ll}{2,}")) {
          fault(line, "'" + word + "' is no lower-case word");
        } else if (words.contains(word)) {
          fault(line, "'" + word + "' is there twice");
        } else {
          words.add(word);
        }
      }
    }
    return words;
  }

  /// @throws FaultyTexts if anything was wrong so far
  void check() {
    if (!faults.isEmpty()) {
      throw new FaultyTexts(faults);
    }
  }

  private void fault(TextLine line, String what) {
    faults.add(new TextFault(line.place(), "is '" + line.text() + "': " + what));
  }

  private static List<TextLine> written(List<TextLine> file) {
    return file.stream().filter(line -> !line.isEmpty()).toList();
  }

  /// The lines that no empty line parts.
  private static List<List<TextLine>> blocks(List<TextLine> file) {
    List<List<TextLine>> blocks = new ArrayList<>();
    boolean open = false;
    for (TextLine line : file) {
      if (!line.isEmpty() && !open) {
        blocks.add(new ArrayList<>());
      }
      open = !line.isEmpty();
      if (open) {
        blocks.getLast().add(line);
      }
    }
    return blocks;
  }

  /// What stands after the mark; empty if the block has no such line.
  private static String mark(List<TextLine> block, String mark) {
    return block.stream()
        .map(TextLine::text)
        .filter(text -> text.startsWith(mark))
        .findFirst()
        .map(text -> text.substring(mark.length()).strip())
        .orElse("");
  }
}
