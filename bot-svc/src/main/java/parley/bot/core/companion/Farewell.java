package parley.bot.core.companion;

import java.util.regex.Pattern;

/// Whether somebody says goodbye in English, whatever else they say with it.
final class Farewell {
  /// What the bank knows best.
  static final String PLAIN = "bye";

  private static final Pattern BYE =
      Pattern.compile(
          "\\b(?:bye|goodbye|byee*|cya|see (?:you|ya)(?: (?:later|soon|tomorrow|around))?|good"
              + " ?night|gn|ttyl|(?:i )?(?:gotta|got to|have to|need to|must|should)"
              + " (?:go|run|leave|sleep)(?: now)?|(?:talk|speak) (?:to you"
              + " )?(?:later|soon|tomorrow)|take care)\\W*$");

  private Farewell() {}

  static boolean isIn(String said) {
    return BYE.matcher(Sieve.plain(said).strip()).find();
  }
}
