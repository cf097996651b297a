package parley.chat;

/// What can be typed, for a person who asks.
final class Help {
  static final String TEXT =
      "/next meets somebody else · /quit leaves · /typing says that you are writing · "
          + "//text sends a message that begins with a slash · "
          + SearchDesk.HELP
          + " · "
          + CompanionDesk.HELP
          + " · "
          + RecourseDesk.HELP;

  private Help() {}
}
