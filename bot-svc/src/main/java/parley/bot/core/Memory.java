package parley.bot.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was said in one conversation, and what of it is still open. Nothing of it outlives the
/// conversation. Used on its strand alone.
final class Memory {
  private static final int MOST = 100;

  /// What one question holds at most, in characters, if it is of more than one text: the newest.
  private static final int LONGEST_QUESTION = 6_000;

  private final List<Line> lines = new ArrayList<>();
  private final List<String> open = new ArrayList<>();
  private final List<Line> since = new ArrayList<>();
  private final Set<String> said = new HashSet<>();

  /// The person wrote this, and has no answer yet.
  void asked(String text) {
    open.add(text);
    while (open.size() > 1 && open.stream().mapToInt(String::length).sum() > LONGEST_QUESTION) {
      lines.add(new Line(Line.Who.PERSON, open.removeFirst()));
    }
    trim();
  }

  boolean isAsked() {
    return !open.isEmpty();
  }

  /// What has no answer yet, as one text.
  String question() {
    return String.join("\n", open);
  }

  /// The AI peer said this.
  void said(String line) {
    said.add(line);
    (open.isEmpty() ? lines : since).add(new Line(Line.Who.PEER, line));
    trim();
  }

  /// The AI peer has said this line in this conversation.
  boolean hasSaid(String line) {
    return said.contains(line);
  }

  /// What was open has its answer.
  void answered() {
    open.forEach(text -> lines.add(new Line(Line.Who.PERSON, text)));
    open.clear();
    lines.addAll(since);
    since.clear();
    trim();
  }

  /// All before what is open, oldest first.
  List<Line> lines() {
    return List.copyOf(lines);
  }

  private void trim() {
    if (lines.size() > MOST) {
      lines.subList(0, lines.size() - MOST).clear();
    }
  }
}
