package parley.faults.check;

import java.time.Duration;
import java.util.Optional;
import parley.faults.history.Noted;
import parley.faults.history.What;

/// What must have happened by a time, once nothing is broken any more. The bound is far above what
/// a busy machine takes, and twice what comparing tips needs.
final class TimeRules {
  static final long IN_TIME = Duration.ofSeconds(15).toNanos();

  private final Case the;
  private final MemberHistory member;
  private final Findings findings;

  TimeRules(Case the, MemberHistory member, Findings findings) {
    this.the = the;
    this.member = member;
    this.findings = findings;
  }

  void check() {
    cameBack();
    for (Noted line : member.lines()) {
      if (line.at() >= the.faults().calmFrom()) {
        switch (line.what()) {
          case SENDING -> answered(line);
          case STORED, STORED_ASIDE -> delivered(line);
          default -> {
            // Has no deadline.
          }
        }
      }
    }
  }

  private void cameBack() {
    Optional<Noted> settled =
        member.lines().stream().filter(line -> line.what() == What.SETTLED).findFirst();
    boolean readAgain =
        settled.isPresent()
            && member.streams().stream()
                .filter(stream -> stream.entering().at() > settled.get().at())
                .filter(stream -> stream.entering().place() == null)
                .anyMatch(stream -> stream.first(What.CAUGHT_UP).isPresent());
    if (!readAgain && !member.lines().isEmpty()) {
      findings.broken(
          Rule.CAME_BACK,
          the.name(),
          settled.isPresent() ? "could not read the log from its start" : "did not settle",
          member.lines().getLast());
    }
  }

  private void answered(Noted sending) {
    StreamHistory stream = member.stream(sending.line().stream());
    long until = sending.at() + IN_TIME;
    if (stream == null || !stream.lives(sending.at(), until)) {
      return;
    }
    boolean answer =
        stream.lines().stream()
            .filter(line -> line.at() >= sending.at() && line.at() <= until)
            .filter(line -> line.line().sequence() == sending.line().sequence())
            .anyMatch(
                line ->
                    switch (line.what()) {
                      case STORED, STORED_ASIDE, DUPLICATE, REFUSED -> true;
                      default -> false;
                    });
    if (!answer) {
      findings.broken(Rule.ANSWERED, the.name(), "no answer on a stream that lives", sending);
    }
  }

  private void delivered(Noted stored) {
    long offset = KeptLog.placeOf(stored).offset();
    long until = stored.at() + IN_TIME;
    for (MemberHistory peer : the.members()) {
      for (StreamHistory stream : peer.streams()) {
        if (peer.seat() != member.seat() && stream.lives(stored.at(), until)) {
          boolean reached =
              stream.lines().stream()
                  .filter(line -> line.at() <= until)
                  .anyMatch(line -> reaches(line, offset));
          if (!reached) {
            findings.broken(
                Rule.DELIVERED,
                the.name(),
                "not read in time by stream " + stream.number() + " of the peer",
                stored,
                stream.lines().getLast());
          }
        }
      }
    }
  }

  private static boolean reaches(Noted line, long offset) {
    return switch (line.what()) {
      case READ, STORED, RESET, CAUGHT_UP -> KeptLog.placeOf(line).offset() >= offset;
      default -> false;
    };
  }
}
