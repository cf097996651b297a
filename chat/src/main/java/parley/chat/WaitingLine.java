package parley.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.chat.Footer.Part;
import parley.proto.match.v1.WaitingUpdate;

/// What stands at the foot while somebody is looked for. Between two updates it counts on by
/// itself. Used by the chat's thread.
final class WaitingLine {
  /// The foot is indented.
  private static final int INDENT = 2;

  private final Footer footer;
  private final Paper paper;
  private final Clock clock;
  private Instant began;
  private Instant toldAt;
  private @Nullable WaitingUpdate told;

  WaitingLine(Footer footer, Paper paper, Clock clock) {
    this.footer = footer;
    this.paper = paper;
    this.clock = clock;
    this.began = clock.instant();
    this.toldAt = began;
  }

  /// Nothing is known of it yet.
  void begins() {
    began = clock.instant();
    goesOn();
  }

  /// As [#begins], but the time since the search began counts on.
  void goesOn() {
    told = null;
    footer.set(Part.WAY, "looking for somebody…");
  }

  void says(WaitingUpdate update) {
    told = update;
    toldAt = clock.instant();
    draw(update);
  }

  /// Something else stands there from now on.
  void stops() {
    told = null;
  }

  void timePassed() {
    if (told != null) {
      draw(told);
    }
  }

  private void draw(WaitingUpdate update) {
    Instant now = clock.instant();
    footer.set(
        Part.WAY,
        WaitingWords.now(
            update,
            Duration.between(began, now),
            Duration.between(toldAt, now),
            paper.width() - INDENT));
  }
}
