package parley.chat;

import java.util.function.Function;

/// Asks a person for what the options did not say, again until it is understood.
final class Questions {
  private final Asker asker;
  private final Paper paper;
  private final String ownLanguage;

  /// @param ownLanguage of this machine: what a person speaks who says nothing else
  Questions(Asker asker, Paper paper, String ownLanguage) {
    this.asker = asker;
    this.paper = paper;
    this.ownLanguage = ownLanguage;
  }

  /// Fills in the options that are null.
  void complete(ChatOptions options) {
    if (options.born == null) {
      options.born = ask("Which year were you born? ", Wish::birthYear);
    }
    if (options.gender == null) {
      options.gender = ask("You are (woman, man, nonbinary; Enter says nothing): ", Wish::gender);
    }
    if (options.seeking == null) {
      options.seeking =
          ask("You look for (woman, man, nonbinary with commas; Enter is anyone): ", Wish::seeking);
    }
    if (options.tags == null) {
      options.tags = ask("What do you like? (music, chess …; Enter is anything) ", Wish::tags);
    }
    if (options.languages == null) {
      options.languages =
          ask(
              "Which languages do you speak, best first? (Enter is "
                  + ownLanguage
                  + ", 'any' is any) ",
              answer -> Wish.languages(answer.isBlank() ? ownLanguage : answer));
    }
  }

  /// @param readAt where they can be read; perhaps empty
  boolean acceptTerms(String version, String readAt) {
    String where =
        readAt.isEmpty()
            ? "ask who runs it where to read them."
            : "read them at " + Harmless.line(readAt);
    paper.line("The server's terms are version " + Harmless.line(version) + ":");
    paper.line("  " + where);
    return ask(
        "Do you accept them? (yes/no) ",
        answer ->
            switch (answer.strip()) {
              case "yes", "y" -> true;
              case "no", "n" -> false;
              default ->
                  throw new IllegalArgumentException(
                      "answer is '" + answer + "', expected yes or no");
            });
  }

  private <A> A ask(String question, Function<String, A> reading) {
    while (true) {
      try {
        return reading.apply(asker.ask(question));
      } catch (IllegalArgumentException notUnderstood) {
        paper.line("  " + Harmless.line(String.valueOf(notUnderstood.getMessage())));
      }
    }
  }

  /// Reads one answer.
  @FunctionalInterface
  interface Asker {
    /// @throws InputOver if there will be no answer
    String ask(String question);
  }

  /// The person closed the input.
  static final class InputOver extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
