package parley.bot.core.game;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.bot.core.bank.Vocabulary;

/// Each word begins with the letter that the one before ended with; none comes twice.
final class WordChain implements Game {
  private static final int ROUNDS = 12;
  private static final int PATIENCE = 3;

  private final List<String> words;
  private final Voice voice;
  private final Vocabulary vocabulary;
  private final Set<String> used = new HashSet<>();
  private String last = "";
  private int rounds;
  private int wrong;

  WordChain(List<String> words, Voice voice, Vocabulary vocabulary) {
    this.words = words;
    this.voice = voice;
    this.vocabulary = vocabulary;
  }

  @Override
  public String open() {
    last = voice.pick(words);
    used.add(last);
    return voice.say("word-chain.open", said());
  }

  @Override
  public Turn next(String text) {
    Heard heard = new Heard(text, vocabulary);
    boolean givesUp = vocabulary.group("gives-up").stream().anyMatch(heard::holds);
    if (givesUp || heard.is("give-up") || heard.is("skip") || heard.is("idk")) {
      return new Turn.Over(voice.say("word-chain.won", said()));
    }
    if (text.contains("?")) {
      return new Turn.GoesOn(voice.say("word-chain.asked", said()));
    }
    // "I say: table".
    String named = text.substring(text.indexOf(':') + 1);
    String word = named.strip().toLowerCase(Locale.ROOT).replaceAll("[.!,?\"']+", "");
    Optional<String> fault = fault(word);
    return fault.isPresent() ? refused(fault.get(), word) : taken(word);
  }

  /// The key of the line that says what is wrong with the word.
  private Optional<String> fault(String word) {
    if (!word.matches("\\p{Ll}{2,20}")) {
      return Optional.of("word-chain.one-word");
    }
    if (word.charAt(0) != last.charAt(last.length() - 1)) {
      return Optional.of("word-chain.wrong-letter");
    }
    if (used.contains(word)) {
      return Optional.of("word-chain.used");
    }
    boolean noWord =
        !word.matches(".*[aeiouyäöü].*") || word.matches(".*(\\p{Ll})\\1\\1.*|.*[^aeiouyäöü]{7}.*");
    return noWord && !words.contains(word) ? Optional.of("word-chain.no-word") : Optional.empty();
  }

  private Turn refused(String key, String word) {
    wrong++;
    return wrong > PATIENCE
        ? new Turn.Over(voice.say("word-chain.broken", said()))
        : new Turn.GoesOn(voice.say(key, said(word)));
  }

  private Turn taken(String word) {
    wrong = 0;
    rounds++;
    used.add(word);
    String letter = word.substring(word.length() - 1);
    List<String> left =
        words.stream().filter(one -> one.startsWith(letter) && !used.contains(one)).toList();
    if (left.isEmpty()) {
      return new Turn.Over(
          voice.say("word-chain.lost", Map.of("letter", letter.toUpperCase(Locale.ROOT))));
    }
    if (rounds == ROUNDS) {
      return new Turn.Over(voice.say("word-chain.draw", Map.of("rounds", "" + rounds)));
    }
    last = voice.pick(left);
    used.add(last);
    return new Turn.GoesOn(voice.say("word-chain.next", said()));
  }

  private Map<String, String> said() {
    return said("");
  }

  private Map<String, String> said(String theirs) {
    return Map.of(
        "word",
        last,
        "letter",
        last.substring(last.length() - 1).toUpperCase(Locale.ROOT),
        "theirs",
        theirs.length() > 20 ? "" : theirs,
        "rounds",
        "" + rounds);
  }
}
