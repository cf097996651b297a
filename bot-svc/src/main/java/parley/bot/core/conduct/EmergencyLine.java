package parley.bot.core.conduct;

import java.util.Locale;

/// What is said in an emergency, from `lines.txt` of its language. `{numbers}` are those of
/// [HelpLines]; where none is known, the line that needs none is said.
enum EmergencyLine {
  /// Kind words, one section for each [Judgement.Danger].
  SELF_HARM(3, false),
  MINOR_IN_SEXUAL_CONTEXT(3, false),
  VIOLENCE(3, false),
  MEDICAL(3, false),
  /// Who listens.
  LISTENS(1, true),
  LISTENS_SOMEWHERE(1, false),
  /// Who listens to children and to those who worry about one.
  LISTENS_TO_CHILDREN(1, true),
  LISTENS_TO_CHILDREN_SOMEWHERE(1, false),
  /// Who comes at once.
  COMES(1, true),
  COMES_SOMEWHERE(1, false),
  /// The same where there is no "if": call, and do not wait.
  COMES_NOW(1, true),
  COMES_NOW_SOMEWHERE(1, false);

  static final String NUMBERS = "{numbers}";

  private final int least;
  private final boolean numbered;

  EmergencyLine(int least, boolean numbered) {
    this.least = least;
    this.numbered = numbered;
  }

  String section() {
    return "emergency " + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int least() {
    return least;
  }

  /// Whether each wording holds `{numbers}`, exactly once; if not, none does.
  boolean isNumbered() {
    return numbered;
  }
}
