package parley.bot.core.game;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.bot.core.bank.FaultyTexts;
import parley.bot.core.bank.TextLine;
import parley.bot.core.bank.Vocabulary;

/// What the games are made of. Made once; immutable and thread-safe.
public final class GameShelf {
  private final Vocabulary vocabulary;
  private final Map<String, List<String>> lines;
  private final List<Question> trivia;
  private final Map<List<String>, Question> known;
  private final List<Question> riddles;
  private final List<Dilemma> dilemmas;
  private final Things things;
  private final List<String> words;

  /// Reads the files in the language's folder below `parley/bot/games/`.
  ///
  /// @param language as its folder is called, such as `en`
  /// @param vocabulary of that language
  /// @throws FaultyTexts with everything that is wrong with them
  public GameShelf(String language, Vocabulary vocabulary) {
    String folder = "games/" + language + "/";
    this.vocabulary = vocabulary;
    GameTexts texts = new GameTexts();
    this.lines = Map.copyOf(texts.lines(TextLine.of(folder + "lines.txt")));
    this.trivia = List.copyOf(texts.questions(TextLine.of(folder + "trivia.txt")));
    this.known =
        trivia.stream()
            .collect(
                Collectors.toMap(
                    question -> vocabulary.words(question.text()),
                    Function.identity(),
                    (first, _) -> first));
    this.riddles = List.copyOf(texts.questions(TextLine.of(folder + "riddles.txt")));
    this.dilemmas = List.copyOf(texts.dilemmas(TextLine.of(folder + "dilemmas.txt")));
    List<Trait> traits = texts.traits(TextLine.of(folder + "things.txt"));
    this.things = new Things(traits, texts.things(TextLine.of(folder + "things.txt"), traits));
    this.words = List.copyOf(texts.words(TextLine.of(folder + "words.txt")));
    texts.check();
  }

  /// A game of that kind, not opened yet.
  ///
  /// @param chance decides what comes up in it
  public Game take(GameKind kind, RandomGenerator chance) {
    return take(kind, voice(chance));
  }

  /// The same in a session in which others were played.
  Game take(GameKind kind, Voice voice) {
    return switch (kind) {
      case TWENTY_QUESTIONS -> new TwentyQuestions(things, voice, vocabulary);
      case GUESSING -> new Guessing(things, voice, vocabulary);
      case WORD_CHAIN -> new WordChain(words, voice, vocabulary);
      case WOULD_YOU_RATHER -> new WouldYouRather(dilemmas, voice, vocabulary);
      case STORY -> new StoryInTurns(lines, voice, vocabulary);
      case TRIVIA -> new Quiz("trivia", trivia, voice, vocabulary);
      case RIDDLES -> new Quiz("riddles", riddles, voice, vocabulary);
    };
  }

  /// The game that a text names, if it does; of several, that with the longest name.
  Optional<GameKind> named(Heard heard) {
    return names()
        .filter(name -> heard.holds(name.text()))
        .max(Comparator.comparingInt(name -> name.text().length()))
        .map(Name::kind);
  }

  /// The answer to a question that is among those of the quiz, word for word.
  Optional<String> answer(Heard heard) {
    return Optional.ofNullable(known.get(heard.words())).map(Question::answer);
  }

  /// The text asks to play what it names, and does not only happen to name it.
  boolean asksToPlay(Heard heard) {
    return names().anyMatch(name -> heard.says(name.text()))
        || lines.getOrDefault("play.words", List.of()).stream().anyMatch(heard::holds);
  }

  private record Name(String text, GameKind kind) {}

  private Stream<Name> names() {
    return Arrays.stream(GameKind.values())
        .flatMap(
            kind ->
                lines.getOrDefault("names." + kind.key(), List.of()).stream()
                    .map(name -> new Name(name, kind)));
  }

  Voice voice(RandomGenerator chance) {
    return new Voice(lines, chance);
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }
}
