package parley.chat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Lays out what is said: the peer on the left, one's own words on the right, each with its time.
final class Bubbles {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final int MARGIN = 2;
  private static final int NARROWEST = 16;

  private final ZoneId zone;

  Bubbles(ZoneId zone) {
    this.zone = zone;
  }

  /// @param width of the screen, in columns
  List<String> theirs(Instant at, String text, int width) {
    List<String> lines = new ArrayList<>();
    String time = TIME.format(at.atZone(zone)) + "  ";
    for (String part : wrapped(Harmless.line(text), room(width))) {
      lines.add(" ".repeat(MARGIN) + (lines.isEmpty() ? time : " ".repeat(time.length())) + part);
    }
    return lines;
  }

  /// @param sign what became of the text, behind its last line
  List<String> mine(Instant at, String text, String sign, int width) {
    String time = "  " + TIME.format(at.atZone(zone)) + " " + sign;
    List<String> parts = wrapped(Harmless.line(text), room(width));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String last = i == parts.size() - 1 ? time : " ".repeat(time.length());
      int left = Math.max(MARGIN, width - MARGIN - columns(parts.get(i)) - time.length());
      lines.add((" ".repeat(left) + parts.get(i) + last).stripTrailing());
    }
    return lines;
  }

  /// Words of the program itself, from the left edge.
  List<String> plain(String text, int width) {
    return wrapped(Harmless.line(text), Math.max(NARROWEST, width - MARGIN));
  }

  private static int room(int width) {
    return Math.max(NARROWEST, width * 2 / 3);
  }

  /// Breaks at spaces where there are any.
  private static List<String> wrapped(String text, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      if (!line.isEmpty() && columns(line) + 1 + columns(word) > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      int[] points = word.codePoints().toArray();
      for (int point : points) {
        if (columns(line) + Math.max(0, WCWidth.wcwidth(point)) > room) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.appendCodePoint(point);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  private static int columns(CharSequence text) {
    return text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
  }
}
