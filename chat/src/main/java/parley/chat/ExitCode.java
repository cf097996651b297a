package parley.chat;

/// What the program tells the shell.
public enum ExitCode {
  CLEAN(0),
  NO_SERVER(1),
  BAD_OPTIONS(2),
  NOBODY_CAME(3),
  REFUSED(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
