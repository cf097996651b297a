package parley.bot.core;

/// Whose place is asked for: match-svc's name of one press of the button, 22 characters.
public record TicketId(String text) {
  private static final int CHARS = 22;

  public TicketId {
    if (text.length() != CHARS) {
      throw new IllegalArgumentException(
          "ticket id is '" + text + "', expected " + CHARS + " characters");
    }
  }
}
