package parley.bot.core.companion;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import parley.bot.core.bank.SmallTalk;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.game.GameShelf;
import parley.bot.core.game.Play;
import parley.bot.core.port.Talker;
import parley.bot.core.port.Talkers;
import parley.domain.TalkerKind;

/// Companions for conversations in the languages that have a bank; in all others, and until a bank
/// is ready, others talk. No word leaves this process. Thread-safe.
public final class Companions implements Talkers {
  private final Banks banks;
  private final Talkers otherwise;
  private final RandomGenerator random;
  private final Invention invention;

  /// @param otherwise for languages without a bank, and where a bank has said all it can say
  /// @param random picks among what fits as well, for all conversations: thread-safe
  public Companions(Banks banks, Invention invention, Talkers otherwise, RandomGenerator random) {
    this.banks = banks;
    this.invention = invention;
    this.otherwise = otherwise;
    this.random = random;
  }

  @Override
  public Talker begin() {
    invention.improviser().warm();
    return new Companion(this::company, otherwise.begin(), invention);
  }

  @Override
  public TalkerKind kind() {
    return TalkerKind.BUILT_IN;
  }

  @Override
  public String provider() {
    return otherwise.provider();
  }

  @Override
  public boolean isReady() {
    return otherwise.isReady();
  }

  @Override
  public List<String> secrets() {
    return otherwise.secrets();
  }

  private Optional<Companion.Company> company(Tongue tongue) {
    return banks.of(tongue.language()).map(this::company);
  }

  private Companion.Company company(Repertoire knows) {
    GameShelf games = knows.games();
    return new Companion.Company(
        new SmallTalk(knows.bank(), random), games == null ? null : new Play(games, random));
  }
}
