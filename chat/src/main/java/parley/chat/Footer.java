package parley.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The line at the foot: what goes on now, in parts that come and go by themselves. Drawn only when
/// it changes.
final class Footer {
  private final Paper paper;
  private final Clock clock;
  private final Map<Part, Note> notes = new EnumMap<>(Part.class);
  private String drawn = "";

  /// In the order in which they are shown.
  enum Part {
    /// That the peer is no person.
    LABEL,
    /// The search, or the way to the server.
    WAY,
    /// Whether the peer is there.
    PEER,
    TYPING,
    PACE,
    /// What became of this person's last words.
    TICKS
  }

  Footer(Paper paper, Clock clock) {
    this.paper = paper;
    this.clock = clock;
  }

  void set(Part part, String text) {
    notes.put(part, new Note(text, null));
    draw();
  }

  /// Goes by itself.
  void set(Part part, String text, Duration lives) {
    notes.put(part, new Note(text, clock.instant().plus(lives)));
    draw();
  }

  void clear(Part part) {
    notes.remove(part);
    draw();
  }

  void clear() {
    notes.clear();
    draw();
  }

  void timePassed() {
    Instant now = clock.instant();
    if (notes.values().removeIf(note -> note.until() != null && !now.isBefore(note.until()))) {
      draw();
    }
  }

  private void draw() {
    String line = notes.values().stream().map(Note::text).collect(Collectors.joining(" · "));
    if (!line.equals(drawn)) {
      drawn = line;
      paper.footer(line);
    }
  }

  private record Note(String text, @Nullable Instant until) {}
}
