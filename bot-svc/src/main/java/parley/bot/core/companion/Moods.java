package parley.bot.core.companion;

import java.util.regex.Pattern;

/// Whether a reply fits the mood of what was said, by English words.
final class Moods {
  private static final Pattern BAD_NEWS =
      Pattern.compile(
          "\\b(?:lost|lose|losing|cry|crying|cries|cried|sad|sadly|lonely|alone|fired|yell\\w*|shout\\w*|broke|broken|break"
              + " up|divorc\\w+|sick|ill|hurts?|pain|pains|painful|ache\\w*|scared|afraid|anxi\\w+|nervous|stress\\w*"
              + "|depress\\w*|tired|exhaust\\w*|hates?|hated|bad|awful|terrible|horrible|worst|worse|fail\\w*"
              + "|miss|misses|missing|angry|mad|annoy\\w*|cheat\\w*|accident|stolen|stole|ruin\\w*|ugly|sucks?|boring|bored|wrong|hard|difficult|struggl\\w+|worr\\w+|fight|fought|argu\\w+|can't"
              + " sleep|nobody|no"
              + " one|rude|mean|late|rain\\w*|cold|forgot|cancel\\w*|quit|unfair|homesick|upset"
              + "|disappoint\\w*|embarrass\\w*|ashamed|guilty|stuck|hopeless|overwhelm\\w*)\\b");
  private static final Pattern CHEERS =
      Pattern.compile(
          "\\b(?:awesome|amazing|great|wonderful|fantastic|exciting|fun|cool|congrat\\w*|lovely|nice|haha\\w*|lol|sweet|perfect|excellent|brilliant|delicious|beautiful|good"
              + " (?:for you|to hear|news|choice|idea)|that's good|sounds"
              + " good|glad|happy|enjoy\\w*|favou?rite)\\b");
  private static final Pattern PITIES =
      Pattern.compile(
          "\\b(?:sorry|condolences|loss|tough|too bad|must be"
              + " hard|sad|awful|terrible|unfortunate\\w*|shame)\\b");

  private Moods() {}

  /// Cheers at bad news, or pities where there are none.
  static boolean clash(String said, String reply) {
    boolean bad = BAD_NEWS.matcher(Sieve.plain(said)).find();
    Pattern wrong = bad ? CHEERS : PITIES;
    return wrong.matcher(Sieve.plain(reply)).find();
  }
}
