package parley.bot.core;

/// How a provider can fail.
public enum Fault {
  /// Nobody answers at its address.
  UNREACHABLE(Again.YES),
  /// It does not take our key.
  KEY_REFUSED(Again.NO),
  /// It has no such model, or does not understand what is asked.
  ASKED_WRONGLY(Again.NO),
  /// Too much is asked of it.
  RATE_LIMITED(Again.YES),
  /// It says that it is broken.
  BROKEN(Again.YES),
  /// The first word did not come in time.
  SILENT(Again.YES),
  /// Words stopped coming.
  STALLED(Again.YES),
  /// Words came, but too slowly for the whole.
  TOO_SLOW(Again.NO),
  /// The stream ended before the answer did.
  CUT(Again.YES),
  /// An error in the middle of the stream.
  ERROR_IN_STREAM(Again.YES),
  /// Not what was agreed on.
  MALFORMED(Again.YES),
  EMPTY(Again.YES),
  /// Far more than it was asked for.
  ENDLESS(Again.NO),
  /// The same sentence again and again.
  REPEATS(Again.YES),
  /// One piece is larger than any answer may be.
  HUGE(Again.YES),
  /// Not the person's language.
  OTHER_LANGUAGE(Again.YES),
  /// It failed so often lately that it is left alone for a while.
  LEFT_ALONE(Again.NO),
  /// Something else; the log has it.
  UNKNOWN(Again.YES);

  private enum Again {
    YES,
    NO
  }

  private final Again again;

  Fault(Again again) {
    this.again = again;
  }

  /// Whether a second try may help.
  public boolean mayPass() {
    return again == Again.YES;
  }
}
