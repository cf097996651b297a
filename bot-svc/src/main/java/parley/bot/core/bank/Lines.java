package parley.bot.core.bank;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The lines that were said in one session, and what the person told that others may use. Picks
/// lines that were not said, in these words or others. Not thread-safe.
final class Lines {
  private final Bank bank;
  private final Used used;
  private final RandomGenerator chance;
  private final Set<List<String>> said = new HashSet<>();
  private final Map<String, String> told = new HashMap<>();

  Lines(Bank bank, Used used, RandomGenerator chance) {
    this.bank = bank;
    this.used = used;
    this.chance = chance;
  }

  /// Slots that other lines of the session may use.
  void remember(Map<String, String> slots) {
    slots.forEach(
        (name, held) -> {
          if (!name.equals(SmallTalk.SAID_LAST)) {
            told.put(name, held);
          }
        });
  }

  /// One of the lines that were not said yet, whose idea was not used and whose slots can be
  /// filled; those that use what was just said first.
  Optional<BankLine> unsaid(List<BankLine> lines, Map<String, String> slots) {
    List<BankLine> left =
        lines.stream()
            .filter(line -> all(slots).keySet().containsAll(line.slots()))
            .filter(this::isUnsaid)
            .filter(line -> used.allows(bank.ideas().of(line.text())))
            .filter(line -> !said.contains(bank.vocabulary().words(line.filled(all(slots)))))
            .toList();
    List<BankLine> using =
        left.stream().filter(line -> !slots.isEmpty() && line.hasSlots()).toList();
    List<BankLine> fits = using.isEmpty() ? left : using;
    List<BankLine> fresh =
        fits.stream().filter(line -> used.areFresh(bank.ideas().of(line.text()))).toList();
    List<BankLine> among = fresh.isEmpty() ? fits : fresh;
    return among.isEmpty()
        ? Optional.empty()
        : Optional.of(among.get(chance.nextInt(among.size())));
  }

  boolean isUnsaid(BankLine line) {
    return !said.contains(bank.vocabulary().words(line.text()));
  }

  /// It is being said.
  ///
  /// @return with its slots filled
  String said(BankLine line, Map<String, String> slots) {
    String text = line.filled(all(slots));
    said.add(bank.vocabulary().words(line.text()));
    said.add(bank.vocabulary().words(text));
    used.addAll(bank.ideas().of(line.text()));
    return text;
  }

  /// Somebody else said it for the same side.
  void saidByOthers(String line) {
    said.add(bank.vocabulary().words(line));
    used.addAll(bank.ideas().of(line));
  }

  private Map<String, String> all(Map<String, String> slots) {
    Map<String, String> all = new HashMap<>(told);
    all.putAll(slots);
    return all;
  }
}
