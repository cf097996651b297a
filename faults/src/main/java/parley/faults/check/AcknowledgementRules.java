package parley.faults.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Noted;
import parley.faults.history.What;

/// What was told stored is stored, and nothing but a loss that is promised may undo it.
final class AcknowledgementRules {
  private final Case the;
  private final MemberHistory member;
  private final Findings findings;

  /// Words of this member that were told stored, and by which line.
  private final Map<String, Noted> told = new HashMap<>();

  AcknowledgementRules(Case the, MemberHistory member, Findings findings) {
    this.the = the;
    this.member = member;
    this.findings = findings;
  }

  void check() {
    for (Noted line : member.lines()) {
      switch (line.what()) {
        case STORED -> acknowledged(line, member.wordsUnder(line.line().sequence()));
        case STORED_ASIDE, DUPLICATE ->
            acknowledged(line, member.wordsUnder(line.line().sequence(), line.line().stream()));
        case ENTERED -> counted(line);
        default -> {
          // Acknowledges nothing.
        }
      }
    }
    for (String words : the.said().by(the.name(), member.seat())) {
      if (!findings.isAcknowledged(words)) {
        findings.unacknowledged(the.log().of(words) != null);
      }
    }
  }

  /// @param possible what may have been acknowledged: all that was sent under that sequence
  private void acknowledged(Noted line, Set<String> possible) {
    Noted kept = line.place() == null ? anyOf(possible) : the.log().at(line.place());
    if (kept != null && possible.contains(kept.text()) && isOwn(kept)) {
      told.put(kept.text(), line);
      findings.acknowledged(kept.text());
      return;
    }
    boolean fresh = possible.stream().noneMatch(told::containsKey);
    possible.forEach(words -> told.put(words, line));
    possible.forEach(findings::acknowledged);
    if (fresh) {
      findings.lost();
    }
    if (the.promise() == Promise.KEPT) {
      String sentence =
          possible.isEmpty()
              ? "acknowledged, but never sent"
              : "acknowledged, and the log has " + (kept == null ? "nothing" : "other words");
      report(sentence, line, kept);
    }
  }

  /// The next sequence says that all before it are stored.
  private void counted(Noted entered) {
    long stored = the.log().entries().stream().filter(this::isOwn).count();
    long toldStored = entered.line().sequence() - 1;
    boolean sameLog = the.log().holds(KeptLog.placeOf(entered));
    if (the.promise() == Promise.KEPT && (!sameLog || stored < toldStored)) {
      findings.broken(
          Rule.ACKNOWLEDGED_IS_KEPT,
          the.name(),
          toldStored + " texts are stored by what was told, the log has " + stored,
          entered);
    }
  }

  private void report(String sentence, Noted line, @Nullable Noted kept) {
    if (kept == null) {
      findings.broken(Rule.ACKNOWLEDGED_IS_KEPT, the.name(), sentence, line);
    } else {
      findings.broken(Rule.ACKNOWLEDGED_IS_KEPT, the.name(), sentence, line, kept);
    }
  }

  private @Nullable Noted anyOf(Set<String> words) {
    return words.stream().map(the.log()::of).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private boolean isOwn(Noted kept) {
    return kept.what() == What.KEPT && kept.line().member() == member.number();
  }
}
