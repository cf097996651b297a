package parley.bot.core.bank;

/// Where a text stands.
///
/// @param line 1 is the first
public record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
