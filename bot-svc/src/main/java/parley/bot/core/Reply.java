package parley.bot.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One answer as it comes out of a model: cut into sentences, and held against what an answer may
/// be. Whoever feeds it stops at the first fault. Used by one thread.
///
/// What is more than may be said, but no fault, is dropped: the answer then simply ends.
public final class Reply {
  private static final int LARGEST_PIECE = 2_000;
  private static final int CHARACTERS_A_TOKEN = 12;
  private static final int WORDS_TO_REPEAT = 3;
  private static final int LINES_BACK = 6;
  private static final int TO_TELL_A_LANGUAGE = 20;
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final ReplyRules rules;
  private final Prompt prompt;
  private final Sentences sentences;
  private final Set<String> known = new HashSet<>();
  private int pieces;
  private int characters;
  private int said;
  private int saidCharacters;

  public Reply(ReplyRules rules, Prompt prompt) {
    this.rules = rules;
    this.prompt = prompt;
    this.sentences = new Sentences(prompt.tongue().language());
    List<Line> own = prompt.memory().stream().filter(line -> line.who() == Line.Who.PEER).toList();
    own.subList(Math.max(0, own.size() - LINES_BACK), own.size())
        .forEach(line -> known.add(folded(line.text())));
  }

  /// What comes of a piece, or of the end.
  ///
  /// @param sayable sentences that may be said now, in order
  /// @param fault why nothing more of this answer is wanted
  public record Step(List<String> sayable, Optional<Fault> fault) {
    public Step {
      sayable = List.copyOf(sayable);
    }
  }

  /// Some more words.
  public Step add(String piece) {
    pieces++;
    characters += piece.length();
    if (piece.length() > LARGEST_PIECE) {
      return new Step(List.of(), Optional.of(Fault.HUGE));
    }
    if (pieces > 2 * rules.tokens() || characters > 2 * rules.tokens() * CHARACTERS_A_TOKEN) {
      return new Step(List.of(), Optional.of(Fault.ENDLESS));
    }
    return sift(sentences.add(piece));
  }

  /// No more will come; the rest is a sentence too.
  public Step end() {
    Step last = sift(sentences.end());
    return last.fault().isEmpty() && characters == 0
        ? new Step(List.of(), Optional.of(Fault.EMPTY))
        : last;
  }

  /// How many sentences may have been said by now.
  public int said() {
    return said;
  }

  private Step sift(List<String> whole) {
    List<String> sayable = new ArrayList<>();
    for (String sentence : whole) {
      Optional<Fault> fault = fault(sentence);
      if (fault.isPresent()) {
        return new Step(sayable, fault);
      }
      if (said < rules.sentences() && saidCharacters + sentence.length() <= rules.characters()) {
        said++;
        saidCharacters += sentence.length();
        sayable.add(sentence);
      } else {
        said = rules.sentences(); // nothing after what was left out
      }
    }
    return new Step(sayable, Optional.empty());
  }

  private Optional<Fault> fault(String sentence) {
    String folded = folded(sentence);
    if (folded.split(" ").length >= WORDS_TO_REPEAT && !known.add(folded)) {
      return Optional.of(Fault.REPEATS);
    }
    return isForeign(sentence) ? Optional.of(Fault.OTHER_LANGUAGE) : Optional.empty();
  }

  /// Neither the language that the person named nor the one they write in just now.
  private boolean isForeign(String sentence) {
    return sentence.length() >= TO_TELL_A_LANGUAGE
        && LanguageGuess.of(sentence)
            .filter(language -> !language.equals(prompt.tongue().language()))
            .filter(language -> !LanguageGuess.of(prompt.said()).equals(Optional.of(language)))
            .isPresent();
  }

  private static String folded(String sentence) {
    return NO_WORD.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
