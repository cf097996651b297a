package parley.faults.check;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Noted;
import parley.faults.history.Place;

/// Walks along one stream as its reader does: from where it asked to stand, place by place.
final class StreamRules {
  private static final Set<String> REASONS =
      Set.of("TRIMMED", "TOO_FAR", "LOG_LOST", "LOG_DIVERGED");
  private static final Place NOWHERE = new Place(0, 0, 0);

  private final Case the;
  private final MemberHistory member;
  private final Findings findings;
  private Place cursor = NOWHERE;
  private @Nullable Noted last;
  private boolean live;
  private boolean resetSeen;

  StreamRules(Case the, MemberHistory member, Findings findings) {
    this.the = the;
    this.member = member;
    this.findings = findings;
  }

  void check(StreamHistory stream) {
    Noted entered = stream.entered();
    if (entered == null) {
      return;
    }
    findings.stream();
    Place asked = stream.entering().place();
    cursor = asked == null ? new Place(KeptLog.placeOf(entered).epoch(), 0, 0) : asked;
    last = stream.entering();
    for (Noted line : stream.lines()) {
      switch (line.what()) {
        case READ -> read(line);
        case STORED -> step(line);
        case CAUGHT_UP -> caughtUp(line, entered);
        case RESET -> reset(line);
        default -> {
          // Moves no cursor.
        }
      }
    }
  }

  private void read(Noted line) {
    if (line.line().member() == member.number()) {
      if (live) {
        broken(Rule.OWN_AS_STORED, "an own text as an envelope, after caught up", line);
      }
      if (!member.wordsUnder(line.line().sequence()).contains(line.text())) {
        broken(Rule.NOT_FOREIGN, "an own text with a sequence it was not sent with", line);
      }
    }
    step(line);
  }

  private void step(Noted line) {
    Place place = KeptLog.placeOf(line);
    if (place.epoch() != cursor.epoch() || place.offset() != cursor.offset() + 1) {
      broken(Rule.CONTIGUOUS, "after " + cursor + " came " + place, line);
    }
    told(place, line);
    cursor = place;
    last = line;
  }

  /// Whoever stands where the log is not any more hears so before hearing anything else of it.
  private void told(Place next, Noted line) {
    if (!the.log().holds(cursor) && the.log().holds(next)) {
      broken(Rule.DIVERGENCE_TOLD, "the log lost " + cursor + ", then came " + next, line);
    }
  }

  private void caughtUp(Noted line, Noted entered) {
    Place place = KeptLog.placeOf(line);
    live = true;
    told(place, line);
    if (!place.equals(cursor) && place.offset() != cursor.offset()) {
      broken(Rule.CAUGHT_UP_TRUE, "stands at " + cursor + ", is told " + place, line);
    }
    Place tip = KeptLog.placeOf(entered);
    if (!resetSeen && stillThere(tip) && cursor.offset() < tip.offset()) {
      broken(Rule.CAUGHT_UP_TRUE, "stands at " + cursor + ", before the tip", line);
    }
  }

  /// Only where tails may be lost can a tip that was told be gone.
  private boolean stillThere(Place tip) {
    return the.promise() == Promise.KEPT || the.log().holds(tip);
  }

  private void reset(Noted line) {
    Place place = KeptLog.placeOf(line);
    findings.reset(line.text());
    if (!REASONS.contains(line.text())) {
      broken(Rule.RESET_NAMED, "reason '" + line.text() + "'", line);
    } else if (!needed(line.text(), place)) {
      broken(Rule.RESET_NEEDED, "stands at " + cursor + ", which the log has", line);
    }
    resetSeen = true;
    cursor = place;
    last = line;
  }

  private boolean needed(String reason, Place resumeAt) {
    return switch (reason) {
      case "LOG_LOST" -> cursor.epoch() != resumeAt.epoch();
      case "LOG_DIVERGED" -> !the.log().holds(cursor);
      case "TRIMMED" -> the.log().firstOffset() > cursor.offset() + 1;
      case "TOO_FAR" -> resumeAt.offset() > cursor.offset();
      default -> true;
    };
  }

  private void broken(Rule rule, String sentence, Noted line) {
    Noted before = last;
    if (before == null) {
      findings.broken(rule, the.name(), sentence, line);
    } else {
      findings.broken(rule, the.name(), sentence, before, line);
    }
  }
}
