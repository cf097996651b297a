package parley.faults.matching.check;

import java.util.List;
import java.util.stream.Stream;

/// Holds the history of a run against what matching promises.
public final class MatchingChecker {
  private MatchingChecker() {}

  /// @param lines in the order of their times, the first is the run's
  public static MatchingVerdict check(List<Line> lines) {
    return check(lines.stream());
  }

  /// As [#check(List)]; what a line says is kept, so that memory grows with the run.
  public static MatchingVerdict check(Stream<Line> lines) {
    Story story = new Story(lines);
    Findings findings = new Findings();
    new WishRules(story, findings).check();
    new PairRules(story, findings).check();
    new TicketRules(story, findings).check();
    new RefusalRules(story, findings).check();
    new WaitRules(story, findings).check();
    new StoreRules(story, findings).check();
    long met = 0;
    for (Session session : story.sessions()) {
      met += session.met() ? 1 : 0;
    }
    return new MatchingVerdict(
        story.size(),
        story.matches(),
        met,
        story.all(What.TOLD_ALONE).size(),
        story.faults(),
        story.length(),
        findings.violations());
  }
}
