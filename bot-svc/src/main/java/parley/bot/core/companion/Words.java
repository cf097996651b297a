package parley.bot.core.companion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How two English texts are related, by their words.
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:'[\\p{L}]+)?");
  private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll}\\p{N},;'] )\\p{Lu}[\\p{L}]+");
  private static final Pattern NUMBER = Pattern.compile("\\p{N}+");
  private static final Pattern OTHERS =
      Pattern.compile("\\b(?:he|him|his|she|her|hers)(?:'s|'ll|'d)?\\b");
  private static final Pattern OF_SOMEBODY =
      Pattern.compile(
          "\\b(?:he|him|his|she|her|mum|mom|mother|dad|father|brother|sister|son|daughter|wife|husband"
              + "|girlfriend|boyfriend|gf|bf|friend|boss|teacher|cat|dog|puppy|kitten|aunt|uncle|gran\\w*"
              + "|neighbou?r|cousin|partner|man|woman|guy|girl|boy|baby|kid|roommate|colleague|coworker)\\b");
  private static final Pattern POINTS =
      Pattern.compile(
          "\\b(?:it|its|that|this|these|those|they|them|their|he|him|his|she|her)(?:'\\w+)?\\b");
  private static final double ALIKE = 0.6;
  private static final int HELD = 4;
  private static final double ECHOES = 0.8;
  private static final int STEM = 4;
  private static final int NEW_WORDS = 2;

  /// What says nothing about a topic.
  private static final Set<String> EMPTY =
      Set.copyOf(
          List.of(
              ("a an the and or but so if then than that this these those there here it its it's"
                      + " that's what's to of in on at for with from by about as into out up down over"
                      + " is are was were be been being am do does did have has had can could will"
                      + " would should may might must i you he she we they me him her us them my your"
                      + " his our their mine yours i'm you're he's she's we're they're i've you've"
                      + " what which who how when where why not no yes yeah oh ah wow well very really"
                      + " just too also more most some any all much many lot lots bit good great nice"
                      + " lovely cool fun sounds sound like feel think know say said tell make makes"
                      + " made get got go going want wants sorry hear heard thing things something"
                      + " anything time day today now still kind sort part best favorite favourite"
                      + " happen happened enjoy way new usually do you're hope it'll i'll don't"
                      + " doesn't didn't can't one else ever been amazing interesting exciting hard"
                      + " tough wonderful awesome bad love let's maybe sure always never often first"
                      + " last next long big little because even though through people guess wonder"
                      + " see bet imagine does what were had a couple few us quite pretty only such"
                      + " being both another")
                  .split(" ")));

  private Words() {}

  /// All of them in lower case, in order, once each.
  static Set<String> of(String text) {
    return new LinkedHashSet<>(list(text));
  }

  static int size(String text) {
    return list(text).size();
  }

  /// The same three words twice, or a word of some weight again and again.
  static boolean loop(String text) {
    List<String> words = list(text);
    boolean harps =
        words.stream()
            .filter(word -> !EMPTY.contains(word))
            .anyMatch(word -> Collections.frequency(words, word) > 2);
    if (harps) {
      return true;
    }
    Set<List<String>> seen = new HashSet<>();
    for (int at = 0; at + 3 <= words.size(); at++) {
      List<String> three = words.subList(at, at + 3);
      if (!seen.add(three) || Set.copyOf(three).size() == 1) {
        return true;
      }
    }
    return false;
  }

  /// Most words of one stand in the other.
  static boolean alike(String one, String other) {
    Set<String> words = of(one);
    Set<String> all = new HashSet<>(of(other));
    Set<String> both = new HashSet<>(words);
    both.retainAll(all);
    all.addAll(words);
    return words.size() >= 2 && both.size() >= ALIKE * all.size();
  }

  /// All words of the other, which are some, stand in one.
  static boolean holds(String one, String other) {
    Set<String> words = of(other);
    return words.size() >= HELD && of(one).containsAll(words);
  }

  /// Little else than what was said.
  static boolean isEcho(String line, String said) {
    Set<String> words = of(line);
    Set<String> heard = of(said);
    long known = words.stream().filter(heard::contains).count();
    return known >= ECHOES * words.size();
  }

  /// Names and numbers that were not heard, or a he or she where nobody was spoken of.
  static boolean namesUnheard(String line, String heard) {
    Set<String> known = of(heard);
    return found(NAME, line).stream()
            .map(Sieve::plain)
            .anyMatch(name -> !known.contains(name) && !name.equals("ai"))
        || found(NUMBER, line).stream().anyMatch(number -> !known.contains(number))
        || (OTHERS.matcher(Sieve.plain(line)).find()
            && !OF_SOMEBODY.matcher(Sieve.plain(heard)).find());
  }

  /// Neither names what was spoken of nor points to it, or brings up too much else.
  static boolean strays(String line, String heard) {
    Set<String> topics = stems(heard);
    Set<String> own = stems(line);
    boolean named = own.stream().anyMatch(topics::contains);
    boolean pointed = POINTS.matcher(Sieve.plain(line)).find();
    return !named && (!pointed || own.size() >= NEW_WORDS);
  }

  private static Set<String> stems(String text) {
    Set<String> stems = new HashSet<>();
    for (String word : list(text)) {
      if (!EMPTY.contains(word) && word.length() > 2) {
        stems.add(word.substring(0, Math.min(STEM, word.length())));
      }
    }
    return stems;
  }

  private static List<String> list(String text) {
    return new ArrayList<>(found(WORD, Sieve.plain(text)));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }
}
