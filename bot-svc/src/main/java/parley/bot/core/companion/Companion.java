package parley.bot.core.companion;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Fault;
import parley.bot.core.Improvised;
import parley.bot.core.Line;
import parley.bot.core.Prompt;
import parley.bot.core.bank.BankReply;
import parley.bot.core.bank.SmallTalk;
import parley.bot.core.companion.Invention.Share;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.game.Play;
import parley.bot.core.port.Improviser;
import parley.bot.core.port.Improviser.Improvisation;
import parley.bot.core.port.Improviser.Turn;
import parley.bot.core.port.Improviser.Wish;
import parley.bot.core.port.Talker;

/// Talks in one conversation: as a game wants it while one is played, from the bank where it is
/// sure enough, else by a line that is made up and passes the sieve, else by a line that carries
/// the talk on, else as somebody without a bank would. All but what is made up takes milliseconds
/// and is told before [#answer] returns.
final class Companion implements Talker {
  /// What a reply's score must reach; below it a line that is made up, or carries on, fits better.
  private static final double SURE = 0.68;

  private static final String MADE_UP_IN = "en";
  private static final int EXAMPLES = 4;
  private static final int GENTLE_OF_THE_CONDUCT = 4;

  private final Function<Tongue, Optional<Company>> begins;
  private final Talker otherwise;
  private final Invention invention;

  /// Guards what follows: made-up lines come on threads of the improviser's.
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Company company;
  private int gentle;

  /// What the person heard that this companion knows of.
  private final Set<String> told = new HashSet<>();

  /// What one conversation needs.
  record Company(SmallTalk talk, @Nullable Play play) {}

  /// @param begins company in a language, if there is a bank of it
  Companion(Function<Tongue, Optional<Company>> begins, Talker otherwise, Invention invention) {
    this.begins = begins;
    this.otherwise = otherwise;
    this.invention = invention;
  }

  @Override
  public Utterance answer(Prompt prompt, Listener listener) {
    lock.lock();
    try {
      Company known = company(prompt);
      if (known == null) {
        return otherwise.answer(prompt, listener);
      }
      if (prompt.tone() == Prompt.Tone.GENTLE) {
        return gently(known.talk(), prompt, listener);
      }
      hearWhatOthersSaid(prompt, known.talk());
      Optional<String> sure =
          prompt.said().isBlank() || alone() ? Optional.empty() : known(known, prompt.said());
      if (sure.isPresent()) {
        return tell(sure.get(), listener);
      }
      Improvising attempt = new Improvising(known, prompt, listener);
      attempt.begin();
      return attempt;
    } finally {
      lock.unlock();
    }
  }

  /// After an emergency: the lines of the conduct, which send the person for help; when all of them
  /// were heard, the gentle ones of the bank.
  private Utterance gently(SmallTalk talk, Prompt prompt, Listener listener) {
    hearWhatOthersSaid(prompt, talk);
    gentle++;
    Optional<String> line =
        gentle > GENTLE_OF_THE_CONDUCT
            ? talk.gentle().map(BankReply::text)
            : Optional.<String>empty();
    return line.map(text -> tell(text, listener))
        .orElseGet(() -> otherwise.answer(prompt, listener));
  }

  private @Nullable Company company(Prompt prompt) {
    if (company == null) {
      company = begins.apply(prompt.tongue()).orElse(null);
    }
    return company;
  }

  private boolean alone() {
    return invention.share() == Share.EVERYTHING;
  }

  private static Optional<String> known(Company known, String said) {
    return game(known, said).or(() -> bank(known, said));
  }

  private static Optional<String> bank(Company known, String said) {
    return known.talk().answer(said, SURE).map(BankReply::text);
  }

  /// What a game says, small talk must not repeat, nor take the answer to it for its own. Who tells
  /// of something bad is not kept playing.
  private static Optional<String> game(Company known, String said) {
    Play play = known.play();
    SmallTalk talk = known.talk();
    if (play == null) {
      return Optional.empty();
    }
    boolean tells = talk.isTold(said);
    boolean badNews = (tells || !play.isOn()) && talk.hear(said);
    if (badNews && tells) {
      play.layAside();
    }
    Optional<String> line =
        play.hear(said, talk.isGentle() ? Prompt.Tone.GENTLE : Prompt.Tone.USUAL);
    line.ifPresent(known.talk()::said);
    return line;
  }

  private Utterance tell(String line, Listener listener) {
    told.add(line);
    listener.sentence(line);
    listener.done(0);
    return () -> 0;
  }

  /// Lines of the conduct are of the same voice: what the person says next is about them.
  private void hearWhatOthersSaid(Prompt prompt, SmallTalk small) {
    prompt.memory().stream()
        .filter(line -> line.who() == Line.Who.PEER)
        .map(Line::text)
        .filter(told::add)
        .forEach(small::said);
  }

  /// An answer where neither games nor bank are sure. Guarded by the companion's lock.
  private final class Improvising implements Utterance, Improviser.Audience {
    private final Company known;
    private final Prompt prompt;
    private final Listener listener;
    private Improviser.Scene scene;
    private Improvisation making = () -> {};
    private Utterance rest = () -> 0;
    private boolean over;

    private Improvising(Company known, Prompt prompt, Listener listener) {
      this.known = known;
      this.prompt = prompt;
      this.listener = listener;
      this.scene = new Improviser.Scene(List.of(), List.of(), prompt.said());
    }

    private void begin() {
      String said = prompt.said();
      boolean may =
          !said.isBlank()
              && (alone() || !(known.talk().isGentle() || known.talk().takesUp(said)))
              && !invention.improviser().equals(Improviser.NOBODY)
              && prompt.tongue().language().equals(MADE_UP_IN)
              && invention.sieve().mayReplyTo(said);
      if (may) {
        scene = Scenes.of(prompt, known.talk(), EXAMPLES);
        making = invention.improviser().improvise(scene, this);
      } else {
        end();
      }
    }

    @Override
    public int cancel() {
      lock.lock();
      try {
        over = true;
        making.cancel();
        return rest.cancel();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Wish hears(String line) {
      lock.lock();
      try {
        return over ? Wish.NO_OTHER : sift(line);
      } catch (RuntimeException broken) {
        fail();
        throw broken;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void over(Improvised why) {
      lock.lock();
      try {
        if (!over) {
          invention.journal().improvised(why);
          end();
        }
      } catch (RuntimeException broken) {
        fail();
        throw broken;
      } finally {
        lock.unlock();
      }
    }

    /// A person waits for this answer: it ends, and what broke it is told to who brought the line,
    /// whose log has it.
    private void fail() {
      over = true;
      listener.failed(Fault.UNKNOWN, 0);
    }

    private Wish sift(String made) {
      return switch (invention.sieve().sift(made, Scenes.around(prompt, scene))) {
        case Sieve.Sifted.Fits(String line) -> {
          over = true;
          invention.journal().improvised(Improvised.SAID);
          tell(asking(line), listener);
          yield Wish.NO_OTHER;
        }
        case Sieve.Sifted.Flawed(Improvised why) -> {
          invention.journal().improvised(why);
          yield Wish.ANOTHER;
        }
      };
    }

    /// A reaction that asks nothing leaves the talk where it is: the bank asks.
    private String asking(String line) {
      if (line.contains("?")) {
        known.talk().said(line);
        return line;
      }
      String reaction = MadeLine.sentences(line).getFirst();
      // First: the bank's line is the one whose question is open.
      known.talk().said(reaction);
      Optional<String> question =
          alone() ? Optional.empty() : known.talk().carryOn(prompt.said()).map(BankReply::text);
      return question.map(asked -> reaction + " " + asked).orElse(line);
    }

    /// Without a line that was made up.
    private void end() {
      over = true;
      Optional<String> line =
          alone() ? Optional.empty() : known.talk().carryOn(prompt.said()).map(BankReply::text);
      rest =
          line.map(text -> tell(text, listener))
              .orElseGet(() -> otherwise.answer(prompt, listener));
    }
  }

  /// What is made up for what.
  private static final class Scenes {
    private Scenes() {}

    static Improviser.Scene of(Prompt prompt, SmallTalk talk, int examples) {
      List<Turn> nearest =
          talk.nearest(prompt.said(), examples).stream()
              .map(one -> new Turn(one.said(), one.replied()))
              .toList();
      return new Improviser.Scene(nearest, before(prompt.memory()), prompt.said());
    }

    /// The last line of the person with what was replied; empty if nothing was.
    private static List<Turn> before(List<Line> memory) {
      int said = memory.size() - 1;
      while (said >= 0 && memory.get(said).who() != Line.Who.PERSON) {
        said--;
      }
      return said >= 0 && said + 1 < memory.size()
          ? List.of(new Turn(memory.get(said).text(), memory.getLast().text()))
          : List.of();
    }

    static Sieve.Around around(Prompt prompt, Improviser.Scene scene) {
      return new Sieve.Around(
          scene.said(),
          scene.before().stream().map(Turn::said).findFirst().orElse(""),
          prompt.memory().stream()
              .filter(line -> line.who() == Line.Who.PEER)
              .map(Line::text)
              .toList(),
          scene.examples().stream().map(Turn::replied).toList());
    }
  }
}
