package parley.chat;

import parley.client.search.SearchEnding;

/// What the program tells the shell.
public enum ExitCode {
  CLEAN(0),
  NO_SERVER(1),
  BAD_OPTIONS(2),
  NOBODY_CAME(3),
  REFUSED(4);

  private final int number;

  /// After a search that found nobody.
  static ExitCode of(SearchEnding ending) {
    return switch (ending) {
      case CANCELLED -> CLEAN;
      case EXPIRED -> NOBODY_CAME;
      case MOVED, ALREADY_IN_SESSION, ANOTHER_TICKET_LIVE, PAUSED, REFUSED -> REFUSED;
    };
  }

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
