package parley.bot.core.game;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Prompt;

/// The playing of one session: hears every line of the person's first, and answers those that are
/// about games. Offers a game when two lines in a row say nothing, or when the person is bored; not
/// again for a while after that. Not thread-safe.
public final class Play {
  private static final int STALLED = 2;
  private static final int LINES_BETWEEN_OFFERS = 12;
  private static final int OFFERS = 4;
  private static final int NO_GUESS = 8;
  private static final Set<GameKind> GUESSED = EnumSet.of(GameKind.TRIVIA, GameKind.RIDDLES);

  private final GameShelf shelf;
  private final Voice voice;
  private final List<GameKind> fresh = new ArrayList<>(List.of(GameKind.values()));
  private @Nullable Game game;
  private GameKind playing = GameKind.TRIVIA;
  private @Nullable GameKind offered;
  private int stalled;
  private int quiet;
  private int offers;

  /// @param chance decides what is offered and what comes up in games
  public Play(GameShelf shelf, RandomGenerator chance) {
    this.shelf = shelf;
    this.voice = shelf.voice(chance);
  }

  /// What to reply to a line of the person's, if it is about games; the talk goes on otherwise.
  ///
  /// @param tone GENTLE offers nothing of its own, and plays only what the person asks for
  public Optional<String> hear(String text, Prompt.Tone tone) {
    Heard heard = new Heard(text, shelf.vocabulary());
    Game running = game;
    if (running != null && (heard.is("away") || isNoMove(heard))) {
      game = null;
    } else if (running != null) {
      return Optional.of(played(running, text, heard));
    }
    quiet--;
    GameKind waiting = offered;
    offered = null;
    Optional<GameKind> asked = asked(heard, waiting);
    if (asked.isPresent()) {
      return Optional.of(begin(asked.get()));
    }
    if (waiting != null && heard.isYes()) {
      return Optional.of(begin(waiting));
    }
    if (waiting != null && heard.isNo()) {
      stalled = 0;
      quiet = LINES_BETWEEN_OFFERS;
      return Optional.of(voice.say("offer.declined"));
    }
    return shelf
        .answer(heard)
        .map(answer -> voice.say("play.fact", Map.of("answer", answer)))
        .or(() -> offer(heard, tone));
  }

  /// Who says so much does not guess any more.
  private boolean isNoMove(Heard heard) {
    return GUESSED.contains(playing) && heard.words().size() >= NO_GUESS;
  }

  /// Lays the game aside without a word: something happened that is no game.
  public void layAside() {
    game = null;
    offered = null;
  }

  /// A game is being played: what the person says belongs to it.
  public boolean isOn() {
    return game != null;
  }

  private String played(Game running, String text, Heard heard) {
    if (heard.is("leave")) {
      game = null;
      return voice.say("play.left");
    }
    Turn turn = running.next(text);
    return switch (turn) {
      case Turn.GoesOn(String line) -> line;
      case Turn.Over(String line) -> {
        game = null;
        quiet = LINES_BETWEEN_OFFERS;
        yield line;
      }
    };
  }

  /// By its name, if the text asks to play or answers an offer.
  private Optional<GameKind> asked(Heard heard, @Nullable GameKind waiting) {
    boolean wants = waiting != null || shelf.asksToPlay(heard);
    return wants && !heard.isNo() ? shelf.named(heard) : Optional.empty();
  }

  private String begin(GameKind kind) {
    Game begun = shelf.take(kind, voice);
    game = begun;
    playing = kind;
    stalled = 0;
    fresh.remove(kind);
    return begun.open();
  }

  private Optional<String> offer(Heard heard, Prompt.Tone tone) {
    boolean gentle = tone == Prompt.Tone.GENTLE;
    boolean wanted = heard.is("play");
    boolean bored = heard.is("bored") && !gentle;
    stalled = heard.is("shrug") && !gentle ? stalled + 1 : 0;
    boolean due = stalled >= STALLED && quiet <= 0 && offers < OFFERS;
    if (!wanted && !bored && !due) {
      return Optional.empty();
    }
    stalled = 0;
    offers++;
    quiet = LINES_BETWEEN_OFFERS;
    if (fresh.isEmpty()) {
      fresh.addAll(List.of(GameKind.values()));
    }
    GameKind kind = voice.pick(fresh);
    offered = kind;
    String game = voice.say("title." + kind.key());
    return Optional.of(
        voice.say(
            wanted ? "offer.wanted" : bored ? "offer.bored" : "offer.stalled",
            Map.of("game", game)));
  }
}
