package parley.bot.core.companion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.FileTalkers;
import parley.bot.core.Line;
import parley.bot.core.Notes;
import parley.bot.core.Prompt;
import parley.bot.core.bank.Bank;
import parley.bot.core.bank.BankTexts;
import parley.bot.core.bank.HashingEmbedder;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Speech;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.port.Improviser;
import parley.bot.core.port.Talker;

/// Sessions of chance over all layers that need no model: rules, bank, lines of the files. In a
/// game a move may look like another: "Yes."
class SessionTest {
  private static final Conduct CONDUCT = Conduct.load();
  private static final BankTexts TEXTS = BankTexts.of("en");
  private static final Repertoire ENGLISH =
      new Repertoire(new Bank(TEXTS, new HashingEmbedder()), null);
  private static final Tongue TONGUE = Tongue.of(List.of("en"));
  private static final int TURNS = 60;
  private static final List<String> SAID =
      List.of(
          "hey",
          "are you human?",
          "are you a bot",
          "give me your number",
          "can we meet up?",
          "my dog died yesterday",
          "haha",
          "ok",
          "i am so bored",
          "i feel lonely",
          "i work in a bakery",
          "tell me a joke",
          "another one",
          "should i go or stay?",
          "how long is the nile?",
          "do you like music?",
          "write me a song",
          "thanks for listening",
          "what is 3 plus 4?",
          "my sister bought a bike",
          "i had soup, and you?",
          "the whole thing went on and on",
          "i will try it tomorrow",
          "she laughed at me",
          "i'm so happy, i passed!",
          "k",
          "good night");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nobodyHearsALineTwice(long seed) {
    Random chance = new Random(seed);
    Talker talker =
        new Companions(_ -> Optional.of(ENGLISH), invention(), new FileTalkers(CONDUCT), chance)
            .begin();
    List<Line> memory = new ArrayList<>();
    Set<String> heard = new HashSet<>();
    for (int turn = 1; turn <= TURNS; turn++) {
      String said = SAID.get(chance.nextInt(SAID.size()));
      for (String line : replies(talker, memory, said, turn, heard)) {
        assertThat(heard.add(line) || isOfARule(line))
            .as("turn %d, to '%s': %s", turn, said, line)
            .isTrue();
        memory.add(new Line(Line.Who.PEER, line));
      }
    }
  }

  /// A rule has some wordings only; after all of them the first comes again.
  private static boolean isOfARule(String line) {
    return List.of(FixedLine.WHAT_I_AM, FixedLine.NO_CONTACT, FixedLine.NO_MEETING).stream()
        .anyMatch(
            which ->
                IntStream.range(0, 8)
                    .anyMatch(turn -> CONDUCT.line(which, TONGUE, turn).equals(line)));
  }

  private static List<String> replies(
      Talker talker, List<Line> memory, String said, int turn, Set<String> heard) {
    Judgement judged = CONDUCT.judge(new Speech(said, TONGUE, turn, heard::contains));
    List<String> lines =
        switch (judged) {
          case Judgement.Plain(String plain) -> told(talker, memory, plain, turn);
          case Judgement.Emergency(var _, List<String> all) -> all;
          case Judgement.AsksWhatYouAre(String line) -> List.of(line);
          case Judgement.WantsToMeet(String line) -> List.of(line);
          case Judgement.WantsContact(String line) -> List.of(line);
        };
    memory.add(new Line(Line.Who.PERSON, said));
    return lines;
  }

  private static List<String> told(Talker talker, List<Line> memory, String said, int turn) {
    List<String> lines = new ArrayList<>();
    var _ =
        talker.answer(
            new Prompt(memory, said, TONGUE, turn, List.of(), Prompt.Tone.USUAL),
            new Hearing(lines));
    return lines;
  }

  private static Invention invention() {
    return new Invention(
        Improviser.NOBODY,
        new Sieve(CONDUCT, Rudeness.load()),
        new Notes(),
        Invention.Share.THE_REST);
  }
}
