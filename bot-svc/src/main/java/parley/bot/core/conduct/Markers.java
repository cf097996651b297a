package parley.bot.core.conduct;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What parts the voices of a prompt from one another: nobody may write it in a message, and nobody
/// needs to see it.
final class Markers {
  private static final String ROLE = "(?:system|assistant|user|human|ai|bot|developer|tool)";
  private static final Pattern TOKENS =
      Pattern.compile(
          "<\\|[^|<>\\n]{0,40}\\|?>|</?s>|\\[/?INST]|<</?SYS>>|"
              + "</?(?:start|end)_of_turn>|#{2,} *(?:instructions?|response|input|system) *:?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HALF_A_TOKEN = Pattern.compile("<\\||\\|>");
  private static final Pattern THOUGHT =
      Pattern.compile("<think>.*?(?:</think>|$)|</think>", Pattern.DOTALL);
  private static final Pattern ROLE_FIRST =
      Pattern.compile(
          "(?m)^[ \\t]*[*_\\[(]*" + ROLE + "[*_\\])]*[ \\t]*[:：][*_]*[ \\t]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern OWN_VOICE =
      Pattern.compile("^(?:assistant|ai|bot)[ \\t]*[\\n\\r]", Pattern.CASE_INSENSITIVE);
  private static final Pattern ANOTHER_VOICE =
      Pattern.compile(
          "[\\n\\r]+[ \\t]*[*_\\[(]*" + ROLE + "[*_\\])]*[ \\t]*(?:[:：]|[\\n\\r]|$).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Markers() {}

  /// A person's message without them, also without those that appear when others are taken out.
  static String without(String text) {
    String before;
    String after = text;
    do {
      before = after;
      after = TOKENS.matcher(before).replaceAll("");
      if (after.equals(before)) {
        after = ROLE_FIRST.matcher(HALF_A_TOKEN.matcher(before).replaceAll("")).replaceAll("");
      }
    } while (!after.equals(before));
    return after.strip();
  }

  /// A line to be said without them, without thoughts, and only up to where it begins to speak for
  /// somebody else.
  static String cut(String line) {
    Matcher thought = THOUGHT.matcher(line);
    String aloud = TOKENS.matcher(thought.replaceAll("")).replaceAll("\n").strip();
    String own = OWN_VOICE.matcher(aloud).replaceAll("");
    return without(ANOTHER_VOICE.matcher(own).replaceAll(""));
  }
}
