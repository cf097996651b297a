package parley.bot.core.bank;

/// Something in a text file that must be mended: where, and what was expected.
public record TextFault(Place place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
