package parley.chat;

import java.util.ArrayList;
import java.util.List;

/// A terminal of 40 columns that keeps everything.
final class Sheet implements Paper {
  final List<String> lines = new ArrayList<>();
  String footer = "";

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
    return 40;
  }
}
