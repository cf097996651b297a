package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Chooses the line that carries a talk on where no exchange answers: by the mood, by the kind of
/// question, by what was told. Of lines of one idea it takes another one only when no other fits.
/// Not thread-safe.
final class CarryOn {
  /// The slot that holds a thing the person named.
  static final String THING = "thing";

  /// The slot that holds what was told, said back.
  static final String MIRROR = "mirror";

  /// The slot that holds what was asked.
  static final String ASKED = "asked";

  /// The slots that are filled here.
  static final List<String> SLOTS = List.of(THING, MIRROR, ASKED);

  private static final double KIND = 0.62;
  private static final int TELLS = 3;
  // Of many words one says little about what they tell.
  private static final int SHORT = 5;

  private final Bank bank;
  private final Feelings feelings;
  private final RandomGenerator chance;
  private final Sayer sayer;
  private final Mirror mirror;
  private final Query query;
  private final Set<String> ideas = new HashSet<>();
  private boolean named;

  /// Says a line of an exchange that was not said before, if there is one.
  interface Sayer {
    Optional<BankReply> say(Exchange exchange, Map<String, String> slots, double score);
  }

  CarryOn(Bank bank, Feelings feelings, RandomGenerator chance, Sayer sayer) {
    this.bank = bank;
    this.feelings = feelings;
    this.chance = chance;
    this.sayer = sayer;
    this.mirror = new Mirror(bank.vocabulary());
    this.query = new Query(bank.vocabulary());
  }

  /// A line of this exchange was said: another one of its idea would be the same in other words.
  void said(Exchange exchange) {
    if (exchange.idea() != null) {
      ideas.add(exchange.idea());
    }
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
          : thanked(spoken).or(() -> heavy(spoken));
    }
    return (asks ? asked(spoken) : thanked(spoken))
        .or(() -> asks || !tells(spoken) ? Optional.empty() : told(spoken, near))
        .or(() -> asks ? Optional.empty() : mirrored(spoken).or(() -> brief(spoken)))
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

  /// What it tells can be said back, or what it asks be named, in a line of its own.
  boolean takesUp(Spoken spoken) {
    return bank.vocabulary().asks(spoken)
        ? query.in(spoken).isPresent()
        : tells(spoken) && mirror.of(spoken).isPresent();
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

  /// First that it is heard how they feel, then what they tell of it.
  private Optional<BankReply> heavy(Spoken spoken) {
    Optional<BankReply> felt =
        feelings.isFresh()
            ? line(one -> one.topic().equals(Topic.SYMPATHY) && feelings.fit(one))
                .or(() -> line(one -> one.topic().equals(Topic.TOLD) && feelings.fit(one)))
            : Optional.empty();
    return felt.or(() -> tells(spoken) ? mirrored(spoken) : Optional.empty())
        .or(() -> gently(false));
  }

  /// A goodbye: to whoever feels bad one that was written for it.
  Optional<BankReply> farewell() {
    return (feelings.isHeavy()
            ? line(one -> one.topic().equals(Topic.FAREWELL) && isForTrouble(one))
            : Optional.<BankReply>empty())
        .or(() -> line(of(Topic.FAREWELL)));
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
    List<Topic> kinds = kindsOfQuestion(spoken).toList();
    Optional<BankReply> kind = kinds.stream().flatMap(one -> line(of(one)).stream()).findFirst();
    return kind.or(
            () ->
                bank.vocabulary().asksOutright(spoken)
                    ? query.in(spoken).flatMap(this::askedAbout)
                    : Optional.empty())
        .or(() -> thing(spoken, Topic.ASKED_THING))
        .or(() -> line(of(Topic.ASKED)));
  }

  /// A word or two that are not known, but no "ok".
  private Optional<BankReply> brief(Spoken spoken) {
    return spoken.clauses().isEmpty() || bank.vocabulary().isOneOf("shrug", spoken.raw())
        ? Optional.empty()
        : line(of(Topic.BRIEF));
  }

  private Optional<BankReply> askedAbout(String asked) {
    return line(of(Topic.ASKED_ABOUT), Map.of(ASKED, asked));
  }

  private Stream<Topic> kindsOfQuestion(Spoken spoken) {
    Vocabulary vocabulary = bank.vocabulary();
    boolean self =
        vocabulary.within("asks-self", spoken) && !vocabulary.within("asks-fact", spoken);
    Stream.Builder<Topic> kinds = Stream.builder();
    if (vocabulary.opening("asks-favor", spoken.raw()) > 0
        && !vocabulary.within("asks-fact", spoken)) {
      kinds.add(Topic.ASKED_FAVOR);
    }
    if (self && !vocabulary.within("own", spoken)) {
      kinds.add(Topic.ASKED_SELF);
    }
    if (vocabulary.within("asks-which", spoken)) {
      kinds.add(Topic.ASKED_WHICH);
    }
    if (vocabulary.within("asks-advice", spoken) && query.in(spoken).isEmpty()) {
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
        .or(() -> mirrored(spoken))
        .or(() -> about(spoken))
        .or(() -> isOfTheAi(spoken) ? line(of(Topic.TOLD_SELF)) : Optional.empty())
        .or(() -> line(one -> one.topic().equals(Topic.TOLD) && feelings.fit(one)))
        .or(() -> decided(spoken))
        .or(() -> echoes ? Optional.empty() : thing(spoken))
        .or(() -> mirror.of(spoken).flatMap(this::mirrored))
        .or(() -> line(of(Topic.TOLD)))
        .or(() -> thing(spoken));
  }

  private boolean isOfTheAi(Spoken spoken) {
    return bank.vocabulary().within("asks-self", spoken);
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

  /// By saying a whole clause of it back.
  private Optional<BankReply> mirrored(Spoken spoken) {
    return mirror
        .of(spoken)
        .filter(said -> said.kind() != Mirror.Kind.PART)
        .flatMap(this::mirrored);
  }

  /// As it fits the mood, else what it is about.
  private Optional<BankReply> mirrored(Mirror.Mirrored said) {
    Map<String, String> slots = Map.of(MIRROR, said.text());
    if (feelings.isHeavy()) {
      return line(one -> isMirrored(one, said) && isForTrouble(one), slots);
    }
    boolean fits = feelings.mood().equals(bank.moodIn(said.text()));
    return (fits
            ? line(one -> isMirrored(one, said) && feelings.fit(one), slots)
            : Optional.<BankReply>empty())
        .or(() -> line(one -> isOf(said, one) && one.feeling().isEmpty(), slots))
        .or(() -> line(one -> isMirrored(one, said) && one.feeling().isEmpty(), slots));
  }

  private static boolean isMirrored(Exchange exchange, Mirror.Mirrored said) {
    return isOf(said, exchange)
        || (said.kind() != Mirror.Kind.PART && exchange.topic().equals(Topic.MIRRORED));
  }

  private static boolean isOf(Mirror.Mirrored said, Exchange exchange) {
    return exchange
        .topic()
        .equals(
            switch (said.kind()) {
              case DID -> Topic.MIRRORED_DID;
              case OTHERS_DID -> Topic.MIRRORED_OTHERS_DID;
              case SELF -> Topic.MIRRORED_SELF;
              case PLAN -> Topic.MIRRORED_PLAN;
              case OTHER -> Topic.MIRRORED_OTHER;
              case THING -> Topic.MIRRORED;
              case PART -> Topic.MIRRORED_PART;
            });
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
    Optional<BankReply> line = thing(spoken, Topic.MENTIONED);
    named = line.isPresent();
    return line;
  }

  private Optional<BankReply> thing(Spoken spoken, Topic topic) {
    return NamedThing.in(spoken, bank.vocabulary())
        .flatMap(thing -> line(of(topic), Map.of(THING, thing)));
  }

  private static Predicate<Exchange> of(Topic topic) {
    return exchange -> exchange.topic().equals(topic) && exchange.feeling().isEmpty();
  }

  /// One of the lines that nobody asked for.
  Optional<BankReply> line(Predicate<Exchange> fits) {
    return line(fits, Map.of());
  }

  private Optional<BankReply> line(Predicate<Exchange> fits, Map<String, String> slots) {
    List<Exchange> all = new ArrayList<>(bank.unasked().stream().filter(fits).toList());
    Collections.shuffle(all, chance);
    return Stream.concat(
            all.stream().filter(one -> one.idea() == null || !ideas.contains(one.idea())),
            all.stream().filter(one -> one.idea() != null && ideas.contains(one.idea())))
        .flatMap(exchange -> sayer.say(exchange, slots, 0).stream())
        .findFirst();
  }
}
