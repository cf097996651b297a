package parley.bot.core.bank;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What kind of question a person asks, by groups of the language's words: about the AI, for
/// advice, about the world.
final class QuestionKinds {
  private static final Pattern SENTENCE = Pattern.compile("[^.!?…\\n]+\\?");

  private final Vocabulary vocabulary;
  private final Query query;

  QuestionKinds(Vocabulary vocabulary, Query query) {
    this.vocabulary = vocabulary;
    this.query = query;
  }

  /// The last sentence with a question mark, else all of it.
  Spoken question(Spoken spoken) {
    return SENTENCE
        .matcher(spoken.raw())
        .results()
        .map(MatchResult::group)
        .reduce((_, later) -> later)
        .map(vocabulary::read)
        .filter(one -> !one.clauses().isEmpty())
        .orElse(spoken);
  }

  /// Also where a thing is offered that can be named.
  Optional<String> choice(Spoken spoken) {
    return Choice.in(vocabulary.without("hedges", question(spoken)), vocabulary);
  }

  /// The kinds whose lines fit, best first.
  Stream<Topic> of(Spoken spoken) {
    Spoken asked = vocabulary.without("hedges", question(spoken));
    boolean fact = vocabulary.within("asks-fact", spoken);
    boolean self = vocabulary.within("asks-self", asked) && !fact;
    Stream.Builder<Topic> kinds = Stream.builder();
    if (vocabulary.opening("asks-favor", spoken.raw()) > 0 && !fact) {
      kinds.add(Topic.ASKED_FAVOR);
    }
    if (vocabulary.within("asks-would", asked)) {
      kinds.add(Topic.ASKED_WOULD);
    }
    if (self && !vocabulary.within("own", asked)) {
      kinds.add(Topic.ASKED_SELF);
    }
    if (vocabulary.within("asks-which", asked)) {
      kinds.add(Topic.ASKED_WHICH);
    }
    if (vocabulary.within("asks-advice", asked) && query.in(asked).isEmpty()) {
      kinds.add(Topic.ASKED_ADVICE);
    }
    if (self) {
      kinds.add(Topic.ASKED_SELF);
    }
    return kinds.build();
  }

  /// By its first word, of questions about the world.
  Stream<Topic> byWord(Spoken spoken) {
    Spoken asked = vocabulary.without("hedges", question(spoken));
    return Stream.of(Topic.ASKED_AMOUNT, Topic.ASKED_WHY, Topic.ASKED_WHETHER)
        .filter(topic -> vocabulary.opening(topic.name(), asked.raw()) > 0);
  }
}
