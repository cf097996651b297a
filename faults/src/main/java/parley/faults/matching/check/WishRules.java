package parley.faults.matching.check;

import java.util.List;
import java.util.Optional;

/// Whom a ticket was matched with, how near, and what it was told of that.
final class WishRules {
  /// A ticket relaxes by its pool's times, give or take a fifth.
  private static final double EARLIEST = 0.8;

  /// A node looks four times a second whose time has come.
  private static final long MEASURED_SO_WELL = 300_000_000L;

  private final Story story;
  private final Findings findings;

  WishRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    for (Session session : story.sessions()) {
      for (Line told : session.told()) {
        Ticket mine = story.ticket(told.ticket());
        checkLevel(mine, told);
        story.peer(session, mine).ifPresent(peer -> check(mine, peer, told));
      }
    }
  }

  private void check(Ticket mine, Ticket peer, Line told) {
    Line first = mine.lines().getFirst();
    Line other = peer.lines().getFirst();
    if (!mine.wish().mayMeet(peer.wish())) {
      findings.broken(MatchingRule.WISHES, "they do not seek each other", first, other, told);
    }
    int level = (int) told.number("level");
    if (!mine.wish().near(peer.wish(), level)) {
      findings.broken(MatchingRule.LEVEL, "too far for that level", first, other, told);
    }
    List<String> shared = mine.wish().tags().stream().filter(peer.wish().tags()::contains).toList();
    Optional<String> language =
        mine.wish().languages().stream().filter(peer.wish().languages()::contains).findFirst();
    if (!told.list("tags").equals(shared) || !told.fact("language").equals(language.orElse(""))) {
      findings.broken(
          MatchingRule.RECEIPT,
          "expected tags " + shared + " and language " + language.orElse("none"),
          first,
          other,
          told);
    }
  }

  private void checkLevel(Ticket mine, Line told) {
    int level = (int) told.number("level");
    Wish wish = mine.wish();
    if (level > wish.farthest()) {
      findings.broken(
          MatchingRule.LEVEL, "farther than it may relax", mine.lines().getFirst(), told);
    }
    boolean asked =
        mine.all(What.RELAXING).stream().anyMatch(relaxing -> relaxing.at() <= told.at());
    if (level > wish.start() && !asked) {
      long elapsed = told.at() - mine.askedAt() + MEASURED_SO_WELL;
      if (elapsed < EARLIEST * story.reaches(wish.intent(), level)) {
        findings.broken(
            MatchingRule.LEVEL,
            "it cannot have come to that level in " + elapsed / 1_000_000 + " ms",
            mine.lines().getFirst(),
            told);
      }
    }
  }
}
