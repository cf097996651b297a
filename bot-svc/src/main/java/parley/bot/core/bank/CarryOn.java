package parley.bot.core.bank;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Chooses the line that carries a talk on where no exchange answers: by the mood, by the kind of
/// question, by what was told. Not thread-safe.
final class CarryOn {
  /// The slot that holds a thing the person named.
  static final String THING = "thing";

  private static final double KIND = 0.6;
  private static final int TELLS = 3;
  // Of many words one says little about what they tell.
  private static final int SHORT = 10;

  private final Bank bank;
  private final Feelings feelings;
  private final Sayer sayer;
  private boolean named;

  /// Says a line of an exchange that was not said before, if there is one.
  interface Sayer {
    Optional<BankReply> say(Exchange exchange, Map<String, String> slots, double score);
  }

  CarryOn(Bank bank, Feelings feelings, Sayer sayer) {
    this.bank = bank;
    this.feelings = feelings;
    this.sayer = sayer;
  }

  /// Empty when all lines that fit have been said.
  ///
  /// @param near as the bank found them
  /// @param topic what the talk is about
  Optional<BankReply> after(Spoken spoken, List<Near> near, Topic topic) {
    boolean asks = bank.vocabulary().asks(spoken);
    if (feelings.isHeavy()) {
      return asks
          ? kindsOfQuestion(spoken)
              .flatMap(kind -> line(of(kind)).stream())
              .findFirst()
              .or(() -> gently(true))
          : thanked(spoken).or(() -> gently(false));
    }
    return (asks ? asked(spoken) : thanked(spoken))
        .or(() -> asks || !tells(spoken) ? Optional.empty() : told(spoken, near))
        .or(() -> line(one -> one.topic().equals(Topic.ANY) && feelings.fit(one)))
        .or(() -> line(one -> topic.isASubject() && of(topic).test(one)))
        .or(() -> line(of(Topic.ANY)))
        .or(() -> line(of(Topic.TOLD)));
  }

  /// It is long enough to tell something, and says more than "well okay then".
  boolean tells(Spoken spoken) {
    return spoken.whole().words().size() >= TELLS
        && !bank.vocabulary().isOneOf("shrug", spoken.raw());
  }

  /// To whoever feels bad: what was written for how they feel, else what fits any trouble.
  Optional<BankReply> gently(boolean asks) {
    return (asks
            ? line(one -> one.topic().equals(Topic.ASKED) && isForTrouble(one))
            : Optional.<BankReply>empty())
        .or(() -> line(one -> one.topic().equals(Topic.TOLD) && feelings.fit(one)))
        .or(() -> line(one -> one.topic().equals(Topic.ANY) && feelings.fit(one)))
        .or(() -> line(of(Topic.GENTLE)));
  }

  private Optional<BankReply> thanked(Spoken spoken) {
    return bank.vocabulary().within("thanks", spoken)
        ? line(one -> one.topic().equals(Topic.THANKED))
        : Optional.empty();
  }

  private static boolean isForTrouble(Exchange exchange) {
    return exchange.feeling().filter(Mood::isHeavy).isPresent();
  }

  private Optional<BankReply> asked(Spoken spoken) {
    return Stream.concat(kindsOfQuestion(spoken), Stream.of(Topic.ASKED))
        .flatMap(kind -> line(of(kind)).stream())
        .findFirst();
  }

  private Stream<Topic> kindsOfQuestion(Spoken spoken) {
    Vocabulary vocabulary = bank.vocabulary();
    boolean self = vocabulary.within("asks-self", spoken);
    Stream.Builder<Topic> kinds = Stream.builder();
    if (vocabulary.opening("asks-favor", spoken.raw()) > 0) {
      kinds.add(Topic.ASKED_FAVOR);
    }
    if (self && !vocabulary.within("own", spoken)) {
      kinds.add(Topic.ASKED_SELF);
    }
    if (vocabulary.within("asks-which", spoken)) {
      kinds.add(Topic.ASKED_WHICH);
    }
    if (vocabulary.within("asks-advice", spoken)) {
      kinds.add(Topic.ASKED_ADVICE);
    }
    if (self) {
      kinds.add(Topic.ASKED_SELF);
    }
    return kinds.build();
  }

  private Optional<BankReply> told(Spoken spoken, List<Near> near) {
    boolean echoes = named;
    named = false;
    return kind(near)
        .or(() -> about(spoken))
        .or(() -> line(one -> one.topic().equals(Topic.TOLD) && feelings.fit(one)))
        .or(() -> decided(spoken))
        .or(() -> echoes ? Optional.empty() : thing(spoken))
        .or(() -> line(of(Topic.TOLD)))
        .or(() -> thing(spoken));
  }

  /// By the kind of thing that was told.
  private Optional<BankReply> kind(List<Near> near) {
    return near.stream()
        .filter(one -> one.exchange().topic().equals(Topic.TOLD))
        .takeWhile(one -> one.score() >= KIND)
        .filter(one -> feelings.allow(one, false))
        .limit(2)
        .flatMap(one -> sayer.say(one.exchange(), Map.of(), one.score()).stream())
        .findFirst();
  }

  /// By words of it.
  private Optional<BankReply> about(Spoken spoken) {
    if (spoken.whole().words().size() > SHORT) {
      return Optional.empty();
    }
    return bank.about(spoken).stream()
        .flatMap(exchange -> sayer.say(exchange, Map.of(), 0).stream())
        .findFirst();
  }

  private Optional<BankReply> decided(Spoken spoken) {
    return bank.vocabulary().within("decides", spoken) ? line(of(Topic.DECIDED)) : Optional.empty();
  }

  /// By a thing that it names. Two of these in a row would be an echo.
  private Optional<BankReply> thing(Spoken spoken) {
    Optional<BankReply> line =
        NamedThing.in(spoken, bank.vocabulary())
            .flatMap(
                thing ->
                    bank.unasked().stream()
                        .filter(of(Topic.MENTIONED))
                        .flatMap(one -> sayer.say(one, Map.of(THING, thing), 0).stream())
                        .findFirst());
    named = line.isPresent();
    return line;
  }

  private static Predicate<Exchange> of(Topic topic) {
    return exchange -> exchange.topic().equals(topic) && exchange.feeling().isEmpty();
  }

  /// One of the lines that nobody asked for.
  Optional<BankReply> line(Predicate<Exchange> fits) {
    return bank.unasked().stream()
        .filter(fits)
        .flatMap(exchange -> sayer.say(exchange, Map.of(), 0).stream())
        .findFirst();
  }
}
