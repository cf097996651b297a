package parley.faults.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Noted;
import parley.faults.history.Place;

/// What must be true of a kept log by itself.
final class LogRules {
  private final Case the;
  private final Findings findings;

  LogRules(Case the, Findings findings) {
    this.the = the;
    this.findings = findings;
  }

  void check() {
    Map<String, Noted> seen = new HashMap<>();
    Map<Integer, Noted> lastOfMember = new HashMap<>();
    Noted before = null;
    for (Noted entry : the.log().entries()) {
      follows(before, entry);
      before = entry;
      Noted twin = seen.putIfAbsent(entry.text(), entry);
      if (twin != null) {
        findings.broken(Rule.ONCE, the.name(), "the same words at two places", twin, entry);
      }
      inOrder(lastOfMember.put(entry.line().member(), entry), entry);
      said(entry);
    }
  }

  private void follows(@Nullable Noted before, Noted entry) {
    Place place = KeptLog.placeOf(entry);
    long expected = before == null ? 1 : KeptLog.placeOf(before).offset() + 1;
    if (place.offset() != expected) {
      findings.broken(
          Rule.LOG_WHOLE, the.name(), "offset " + place.offset() + ", expected " + expected, entry);
    }
    if (before != null && KeptLog.placeOf(before).epoch() != place.epoch()) {
      findings.broken(Rule.LOG_WHOLE, the.name(), "two epochs in one log", before, entry);
    }
  }

  private void inOrder(@Nullable Noted before, Noted entry) {
    long expected = before == null ? 1 : before.line().sequence() + 1;
    if (entry.line().sequence() != expected) {
      String sentence = "sequence " + entry.line().sequence() + ", expected " + expected;
      if (before == null) {
        findings.broken(Rule.AUTHORS_ORDER, the.name(), sentence, entry);
      } else {
        findings.broken(Rule.AUTHORS_ORDER, the.name(), sentence, before, entry);
      }
    }
  }

  private void said(Noted entry) {
    Said.Saying saying = the.said().of(entry.text());
    if (saying == null) {
      findings.broken(Rule.NOT_FOREIGN, the.name(), "a text that nobody said", entry);
      return;
    }
    if (!saying.conversation().equals(the.name())) {
      findings.broken(
          Rule.NOT_FOREIGN, the.name(), "a text of another session", saying.first(), entry);
      return;
    }
    MemberHistory author = the.members().get(saying.seat());
    boolean sameSequence =
        saying.sendings().stream()
            .anyMatch(sending -> sending.line().sequence() == entry.line().sequence());
    if (author.number() != entry.line().member() || !sameSequence) {
      findings.broken(
          Rule.AUTHORS_ORDER,
          the.name(),
          "stored with another author or sequence than it was sent with",
          saying.first(),
          entry);
    }
    fenced(author, saying.sendings(), entry);
  }

  /// At least one sending must have been by the newest attachment that the member knew of. Where a
  /// tail may be lost, attachments are lost with it, and an older one may be the newest again.
  private void fenced(MemberHistory author, List<Noted> sendings, Noted entry) {
    if (the.promise() == Promise.KEPT
        && !sendings.isEmpty()
        && sendings.stream().allMatch(sent -> isStale(author, sent))) {
      findings.broken(
          Rule.FENCED,
          the.name(),
          "every sending was by an attachment that a newer one had ended",
          sendings.getFirst(),
          entry);
    }
  }

  private static boolean isStale(MemberHistory author, Noted sending) {
    StreamHistory by = author.stream(sending.line().stream());
    Noted own = by == null ? null : by.entered();
    if (own == null) {
      return false;
    }
    return author.streams().stream()
        .map(StreamHistory::entered)
        .anyMatch(
            other ->
                other != null
                    && other.at() < sending.at()
                    && other.line().attachment() > own.line().attachment()
                    && KeptLog.placeOf(other).epoch() == KeptLog.placeOf(own).epoch());
  }
}
