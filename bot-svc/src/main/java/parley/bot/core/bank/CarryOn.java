package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Chooses the line that carries a talk on where no exchange answers: by the mood, by the kind of
/// question, by what was told. No two lines of one idea are taken in a session. Not thread-safe.
final class CarryOn {
  /// The slot that holds a thing the person named.
  static final String THING = "thing";

  /// The slot that holds what was told, said back.
  static final String MIRROR = "mirror";

  /// The slot that holds what was asked.
  static final String ASKED = "asked";

  /// The slot that holds the last thing of a choice.
  static final String CHOICE = "choice";

  /// The slots that are filled here.
  static final List<String> SLOTS = List.of(THING, MIRROR, ASKED, CHOICE);

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
  private final QuestionKinds kinds;
  private final Used used;
  private boolean echoed;
  private boolean named;
  private boolean namedBefore;
  private Seen seen = new Seen("", Optional.empty());

  /// What of a text can be said back.
  private record Seen(String raw, Optional<Mirror.Mirrored> point) {}

  /// Says a line of an exchange that was not said before, if there is one.
  interface Sayer {
    Optional<BankReply> say(Exchange exchange, Map<String, String> slots, double score);
  }

  CarryOn(Bank bank, Feelings feelings, Used used, RandomGenerator chance, Sayer sayer) {
    this.bank = bank;
    this.feelings = feelings;
    this.chance = chance;
    this.sayer = sayer;
    this.mirror = new Mirror(bank.vocabulary());
    this.query = new Query(bank.vocabulary());
    this.kinds = new QuestionKinds(bank.vocabulary(), query);
    this.used = used;
  }

  /// A line of this exchange was said: another one of its idea would be the same in other words.
  void said(Exchange exchange) {
    if (exchange.idea() != null) {
      used.add(exchange.idea());
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
          ? kinds
              .of(spoken)
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
        : tells(spoken) && point(spoken).isPresent();
  }

  private Optional<Mirror.Mirrored> point(Spoken spoken) {
    if (!seen.raw().equals(spoken.raw())) {
      seen = new Seen(spoken.raw(), mirror.of(spoken));
    }
    return seen.point();
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
    boolean again = echoed;
    echoed = false;
    return felt.or(() -> again ? gently(false) : Optional.empty())
        .or(() -> tells(spoken) ? mirrored(spoken) : Optional.empty())
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
    return kinds
        .choice(spoken)
        .flatMap(choice -> line(of(Topic.ASKED_CHOICE), Map.of(CHOICE, choice)))
        .or(() -> kinds.of(spoken).flatMap(one -> line(of(one)).stream()).findFirst())
        .or(() -> kinds.byWord(spoken).flatMap(one -> line(of(one)).stream()).findFirst())
        .or(
            () ->
                bank.vocabulary().asksOutright(spoken)
                    ? query.in(spoken).flatMap(this::askedAbout)
                    : Optional.empty())
        .or(() -> thing(spoken, Topic.ASKED_THING))
        .or(() -> line(of(Topic.ASKED)));
  }

  /// A yes, a no, or a word or two that are not known, but no "ok".
  private Optional<BankReply> brief(Spoken spoken) {
    Vocabulary vocabulary = bank.vocabulary();
    if (spoken.clauses().isEmpty()) {
      return Optional.empty();
    }
    boolean no = vocabulary.opening("short-no", spoken.raw()) > 0;
    boolean yes = !no && vocabulary.opening("short-yes", spoken.raw()) > 0;
    boolean shrugs = vocabulary.isOneOf("shrug", spoken.raw());
    return (no ? line(of(Topic.ANSWERED_NO)) : Optional.<BankReply>empty())
        .or(() -> yes ? line(of(Topic.ANSWERED_YES)) : Optional.empty())
        .or(() -> shrugs ? Optional.empty() : line(of(Topic.BRIEF)));
  }

  private Optional<BankReply> askedAbout(String asked) {
    return line(of(Topic.ASKED_ABOUT), Map.of(ASKED, asked));
  }

  /// Said back at most every second time; else by a remark on what it is about.
  private Optional<BankReply> told(Spoken spoken, List<Near> near) {
    boolean again = echoed;
    echoed = false;
    namedBefore = named;
    named = false;
    return kind(near)
        .or(() -> again ? remark(spoken) : Optional.empty())
        .or(() -> mirrored(spoken))
        .or(() -> remark(spoken))
        .or(() -> isOfTheAi(spoken) ? line(of(Topic.TOLD_SELF)) : Optional.empty())
        .or(() -> line(one -> one.topic().equals(Topic.TOLD) && feelings.fit(one)))
        .or(() -> decided(spoken))
        .or(() -> point(spoken).flatMap(this::mirrored))
        .or(() -> line(of(Topic.TOLD)));
  }

  /// On the clause that says most, by its words, else by a thing that it names.
  private Optional<BankReply> remark(Spoken spoken) {
    boolean brief = spoken.whole().words().size() <= SHORT;
    Clause clause =
        brief
            ? spoken.whole()
            : point(spoken).map(Mirror.Mirrored::source).orElseGet(spoken::whole);
    return bank.about(clause).stream()
        .filter(exchange -> brief || exchange.topic().equals(Topic.REMARKED))
        .flatMap(exchange -> sayer.say(exchange, Map.of(), 0).stream())
        .findFirst()
        .or(() -> namedBefore ? Optional.empty() : thing(clause));
  }

  private boolean isOfTheAi(Spoken spoken) {
    return bank.vocabulary().opening("of-the-ai", spoken.raw()) > 0;
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
    return point(spoken)
        .filter(said -> said.kind() != Mirror.Kind.PART)
        .flatMap(this::mirrored)
        .map(
            reply -> {
              echoed = true;
              return reply;
            });
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

  private Optional<BankReply> decided(Spoken spoken) {
    return bank.vocabulary().within("decides", spoken) ? line(of(Topic.DECIDED)) : Optional.empty();
  }

  /// By a thing that it names. Two of these in a row would be an echo.
  private Optional<BankReply> thing(Clause clause) {
    Optional<BankReply> line = thing(new Spoken(clause.raw(), List.of(clause)), Topic.MENTIONED);
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
            all.stream().filter(this::isFresh),
            all.stream().filter(one -> used.isLenient() && !isFresh(one)))
        .flatMap(exchange -> sayer.say(exchange, slots, 0).stream())
        .findFirst();
  }

  private boolean isFresh(Exchange exchange) {
    return exchange.idea() == null || used.isFresh(exchange.idea());
  }
}
