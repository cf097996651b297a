package parley.chat;

import java.util.ArrayList;
import java.util.List;

/// A terminal that keeps everything; it has 40 columns unless it is told otherwise.
final class Sheet implements Paper {
  final List<String> lines = new ArrayList<>();
  String footer = "";
  int width = 40;

  @Override
  public void line(String text) {
    lines.add(text);
  }

  @Override
  public void footer(String text) {
    footer = text;
  }

  @Override
  public int width() {
    return width;
  }
}
