package parley.faults.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parley.faults.history.Noted;
import parley.faults.history.What;

/// What the others may be told of a member whose stream lives. A sign that its older stream is gone
/// may still be under way when it is back: it has [#SETTLED_FOR] to arrive, more than it took on a
/// machine on which everything waited for seconds. Before its first stream there is none to be told
/// of, but for the word that it has not come yet: [#FIRST_SETTLED_FOR].
final class PresenceRules {
  static final long SETTLED_FOR = Duration.ofSeconds(8).toNanos();

  static final long FIRST_SETTLED_FOR = Duration.ofSeconds(4).toNanos();

  /// After a fault nodes find each other again, and streams that were cut are noticed.
  static final long QUIET_FOR = Duration.ofSeconds(20).toNanos();

  /// A node that has its lease again is no longer taken for dead by anybody: the others read leases
  /// each second and go through all buckets in one and a half; twice that, and one for a word to
  /// arrive.
  static final long RENEWED_FOR = Duration.ofSeconds(6).toNanos();

  private final Case the;
  private final MemberHistory listener;
  private final Findings findings;

  PresenceRules(Case the, MemberHistory listener, Findings findings) {
    this.the = the;
    this.listener = listener;
    this.findings = findings;
  }

  void check() {
    for (Noted told : listener.lines()) {
      if (told.what() == What.PRESENCE && told.text().equals("AWAY")) {
        away(told);
      }
    }
  }

  private void away(Noted told) {
    if (!the.faults().quiet(told.at() - QUIET_FOR, told.at())
        || !the.faults().leased(told.at() - RENEWED_FOR, told.at())) {
      return;
    }
    the.numbered(told.line().member())
        .flatMap(member -> newest(member.streams(), told.at()))
        .filter(stream -> stream.lives(told.at() - settledFor(stream), told.at()))
        .ifPresent(
            stream ->
                findings.broken(
                    Rule.HERE_IS_TOLD,
                    the.name(),
                    "away, and has been in for long",
                    stream.entering(),
                    told));
  }

  private static long settledFor(StreamHistory stream) {
    return stream.number() == 1 ? FIRST_SETTLED_FOR : SETTLED_FOR;
  }

  /// The stream that counts at this time; none while another one is being opened.
  private static Optional<StreamHistory> newest(List<StreamHistory> streams, long at) {
    return streams.stream()
        .filter(stream -> stream.entering().at() <= at)
        .max(Comparator.comparingInt(StreamHistory::number))
        .filter(stream -> stream.entered() != null);
  }
}
