package parley.bot.core.bank;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a person might say in some words or others, and what may be replied. An exchange without
/// phrasings holds lines that carry a talk on when nothing else fits; one that is about some words
/// holds lines that fit whatever is told with one of them in it.
///
/// @param mood of the person who says this; who feels bad hears nothing of an exchange without one
/// @param serves for how many turns: whoever wants one more joke gets another reply of the same
/// @param idea what its lines ask or say in one word of the bank's own: no two lines of the same
///   idea are said in a session while there are others; null if each stands alone
/// @param patterns phrases as in the rules of the conduct, which are found anywhere in a text
/// @param about words that are looked for when nothing else fits; none if it has phrasings
public record Exchange(
    Place place,
    Topic topic,
    @Nullable Mood mood,
    Serves serves,
    @Nullable String idea,
    List<String> patterns,
    List<Phrasing> phrasings,
    List<List<String>> about,
    List<BankLine> replies) {
  /// How often a person who asks for it may ask for more of it.
  public enum Serves {
    ONCE,
    AGAIN
  }

  public Exchange {
    patterns = List.copyOf(patterns);
    phrasings = List.copyOf(phrasings);
    about = List.copyOf(about);
    replies = List.copyOf(replies);
  }

  /// The mood of a person who says this, if it tells one.
  public Optional<Mood> feeling() {
    return Optional.ofNullable(mood);
  }

  boolean carriesOn() {
    return phrasings.isEmpty() && patterns.isEmpty() && about.isEmpty();
  }

  /// A phrasing and a reply that stand without slots; empty if there is no such pair.
  ///
  /// @param may which replies may stand in it
  Optional<Example> example(Predicate<BankLine> may) {
    return phrasings.stream()
        .filter(phrasing -> phrasing.slot().isEmpty())
        .findFirst()
        .flatMap(
            phrasing ->
                replies.stream()
                    .filter(reply -> !reply.hasSlots())
                    .filter(may)
                    .findFirst()
                    .map(reply -> new Example(phrasing.text(), reply.text())));
  }

  /// How a turn of talk may go: what a person says, what is replied.
  public record Example(String said, String replied) {}
}
