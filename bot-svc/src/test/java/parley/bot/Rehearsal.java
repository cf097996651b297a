package parley.bot;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import parley.bot.core.Fault;
import parley.bot.core.FileTalkers;
import parley.bot.core.Line;
import parley.bot.core.Notes;
import parley.bot.core.Prompt;
import parley.bot.core.bank.Bank;
import parley.bot.core.bank.BankTexts;
import parley.bot.core.bank.TextLine;
import parley.bot.core.companion.Banks;
import parley.bot.core.companion.Companions;
import parley.bot.core.companion.Invention;
import parley.bot.core.companion.Repertoire;
import parley.bot.core.companion.Rudeness;
import parley.bot.core.companion.Sieve;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Speech;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.game.GameShelf;
import parley.bot.core.port.Improviser;
import parley.bot.core.port.Talker;
import parley.bot.langchain.KnownMeanings;
import parley.bot.langchain.MiniLmEmbedder;

/// Conversations of people who are very different, as files tell what they say, with the companion
/// as it is: the conduct judges first, the bank and the games answer. What the people say does not
/// depend on the answers.
final class Rehearsal {
  private static final String SILENCE = "(silence)";

  private final Conduct conduct = Conduct.load();
  private final Tongue tongue;
  private final Repertoire knows;

  /// @param lines what was said, in turns, the companion's opening first
  /// @param found what the companion found itself, not the rules for it
  record Transcript(String title, List<Line> lines, List<String> found) {
    @Override
    public String toString() {
      return lines.stream()
          .map(line -> (line.who() == Line.Who.PEER ? "  AI: " : "you: ") + line.text())
          .collect(Collectors.joining("\n", "== " + title + "\n", "\n"));
    }
  }

  private record Script(String title, List<String> said) {}

  Rehearsal(String language) throws IOException {
    BankTexts texts = BankTexts.of(language);
    tongue = Tongue.of(List.of(language));
    knows =
        new Repertoire(
            new Bank(texts, meanings(language, texts)),
            new GameShelf(language, texts.vocabulary()));
  }

  private static KnownMeanings meanings(String language, BankTexts texts) throws IOException {
    String name = "/parley/bot/bank/" + language + "/" + KnownMeanings.FILE;
    try (InputStream file = Rehearsal.class.getResourceAsStream(name)) {
      return KnownMeanings.read(
          Objects.requireNonNull(file, name).readAllBytes(), texts.meant(), new MiniLmEmbedder());
    }
  }

  /// All conversations of a file: `== title`, then what the person says, a line each.
  ///
  /// @param file below `parley/bot/` on the class path
  List<Transcript> play(String file) {
    List<Script> scripts = new ArrayList<>();
    for (TextLine line : TextLine.of(file)) {
      if (line.text().startsWith("== ")) {
        scripts.add(new Script(line.text().substring(3), new ArrayList<>()));
      } else if (!line.isEmpty()) {
        scripts.getLast().said().add(line.text());
      }
    }
    return scripts.stream().map(this::play).toList();
  }

  private Transcript play(Script script) {
    Banks banks = _ -> Optional.of(knows);
    Random chance = new Random(script.title().hashCode());
    Talker talker = new Companions(banks, invention(), new FileTalkers(conduct), chance).begin();
    List<Line> lines = new ArrayList<>();
    List<String> found = new ArrayList<>();
    lines.add(peer(conduct.line(FixedLine.OPENING, tongue, chance.nextInt(3))));
    int turn = 0;
    for (String text : script.said()) {
      turn++;
      if (text.equals(SILENCE)) {
        lines.add(peer(conduct.line(FixedLine.FOLLOW_UP, tongue, turn)));
        continue;
      }
      List<String> answer =
          switch (conduct.judge(new Speech(text, tongue, turn))) {
            case Judgement.Plain(String plain) -> {
              List<String> own = answer(talker, lines, plain, turn);
              found.addAll(own);
              yield own;
            }
            case Judgement.Emergency(var _, List<String> all) -> all;
            case Judgement.AsksWhatYouAre(String line) -> List.of(line);
            case Judgement.WantsToMeet(String line) -> List.of(line);
            case Judgement.WantsContact(String line) -> List.of(line);
          };
      lines.add(new Line(Line.Who.PERSON, text));
      answer.forEach(line -> lines.add(peer(line)));
    }
    return new Transcript(script.title(), lines, found);
  }

  /// Nobody makes anything up.
  private Invention invention() {
    Sieve sieve = new Sieve(conduct, Rudeness.load());
    return new Invention(Improviser.NOBODY, sieve, new Notes(), Invention.Share.THE_REST);
  }

  private static Line peer(String text) {
    return new Line(Line.Who.PEER, text);
  }

  private List<String> answer(Talker talker, List<Line> memory, String said, int turn) {
    List<String> sentences = new ArrayList<>();
    Prompt prompt = new Prompt(memory, said, tongue, turn, List.of(), Prompt.Tone.USUAL);
    var _ =
        talker.answer(
            prompt,
            new Talker.Listener() {
              @Override
              public void sentence(String text) {
                sentences.add(text);
              }

              @Override
              public void done(int tokens) {
                // All of it has been heard.
              }

              @Override
              public void failed(Fault fault, int tokens) {
                throw new AssertionError(fault);
              }
            });
    return sentences;
  }
}
