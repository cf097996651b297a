package parley.faults.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line and where it stands.
public record Noted(String file, int number, Line line) {
  public What what() {
    return line.what();
  }

  public long at() {
    return line.at();
  }

  public @Nullable Place place() {
    return line.place();
  }

  public String text() {
    return line.text();
  }

  /// `c0007-1.jsonl:12 3.204 s READ …`
  @Override
  public String toString() {
    StringBuilder words =
        new StringBuilder(
            String.format(Locale.ROOT, "%s:%d  %.3f s  %s", file, number, at() / 1e9, what()));
    number(words, "stream", line.stream());
    number(words, "attachment", line.attachment());
    number(words, "sequence", line.sequence());
    number(words, "member", line.member());
    if (line.place() != null) {
      words.append(" at ").append(line.place());
    }
    if (!line.text().isEmpty()) {
      words.append(" '").append(line.text()).append('\'');
    }
    return words.toString();
  }

  private static void number(StringBuilder words, String name, long value) {
    if (value != 0) {
      words.append(' ').append(name).append(' ').append(value);
    }
  }
}
