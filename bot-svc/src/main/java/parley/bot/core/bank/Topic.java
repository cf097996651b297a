package parley.bot.core.bank;

/// What an exchange is about: one lower-case word of the bank's own, such as `music`.
public record Topic(String name) {
  /// Of exchanges that are about nothing in particular.
  public static final Topic ANY = new Topic("any");

  /// Of lines that carry on after a question that nobody here can answer.
  static final Topic ASKED = new Topic("asked");

  /// Of lines that carry on after something that was told and not understood.
  static final Topic TOLD = new Topic("told");

  /// Of what it says of itself when a question is handed back to it.
  static final Topic HANDED_BACK = new Topic("handed-back");

  /// Of lines that tell what two numbers make.
  static final Topic SUM = new Topic("sum");

  public Topic {
    if (!name.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException(
          "topic is '" + name + "', expected lower-case letters and hyphens");
    }
  }

  /// Something that a talk can be about.
  boolean isASubject() {
    return !equals(ANY) && !equals(ASKED) && !equals(TOLD) && !equals(HANDED_BACK) && !equals(SUM);
  }

  @Override
  public String toString() {
    return name;
  }
}
