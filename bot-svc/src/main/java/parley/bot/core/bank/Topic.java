package parley.bot.core.bank;

/// What an exchange is about: one lower-case word of the bank's own, such as `music`.
public record Topic(String name) {
  /// Of exchanges that are about nothing in particular.
  public static final Topic ANY = new Topic("any");

  /// Of lines that carry on after a question that nobody here can answer.
  static final Topic ASKED = new Topic("asked");

  /// Of lines that carry on after something that was told and not understood.
  static final Topic TOLD = new Topic("told");

  public Topic {
    if (!name.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException(
          "topic is '" + name + "', expected lower-case letters and hyphens");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
