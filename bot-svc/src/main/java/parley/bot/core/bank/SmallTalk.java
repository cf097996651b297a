package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The small talk of one session: what was said, what it was about, what the person told. Says no
/// line twice. Not thread-safe.
public final class SmallTalk {
  /// The slot that holds what was just said; all others are remembered as long as the session is.
  static final String SAID_LAST = "it";

  /// The slot that holds what two numbers make.
  static final String SUM = "sum";

  private static final double ANSWERED = 0.95;
  private static final double TAKEN_UP = 0.75;
  private static final double SAME_TOPIC = 0.06;
  // Who asks something that is known does not answer the question before it.
  private static final double ASKED = 0.7;
  // Who is consoled for nothing has not been listened to.
  private static final double GRAVE = 0.06;
  // A kind of telling may be so much less sure: its replies fit whatever is told of it.
  private static final double FITS_MORE = 0.14;
  private static final double KIND = 0.46;
  private static final double SUBJECT = 0.42;
  private static final int TELLS = 3;
  private static final int LONGEST_GUESS = 3;
  private static final int LINES_OF_A_MOOD = 4;
  private static final int LONGEST_REPLY = 220;

  private final Bank bank;
  private final RandomGenerator chance;
  private final Set<List<String>> said = new HashSet<>();
  private final Map<String, String> told = new HashMap<>();
  private Topic topic = Topic.ANY;
  private @Nullable Mood mood;
  private int sinceMood;
  private @Nullable BankLine asked;
  private @Nullable Exchange served;
  private boolean wentOn;
  private Looked looked = new Looked("", List.of());

  /// What was looked up last.
  private record Looked(String text, List<Near> near) {}

  /// @param chance picks among replies that fit as well
  public SmallTalk(Bank bank, RandomGenerator chance) {
    this.bank = bank;
    this.chance = chance;
  }

  /// What the bank replies to that, if it is sure enough; the reply counts as said. A question that
  /// is handed back at the end ("and you?") is answered first, then what stood before it.
  ///
  /// @param enough the score that a reply must have, 0 to 1; one that fits a whole kind of telling
  ///   may have 0.14 less
  public Optional<BankReply> answer(String text, double enough) {
    Spoken spoken = bank.vocabulary().read(text);
    sinceMood++;
    if (sinceMood > LINES_OF_A_MOOD) {
      mood = null;
    }
    if (spoken.clauses().isEmpty() && text.isBlank()) {
      return Optional.empty();
    }
    Optional<BankReply> sum = sum(text);
    if (sum.isPresent()) {
      return sum;
    }
    Optional<Spoken> leaving = bank.vocabulary().farewell(spoken);
    if (leaving.isPresent()) {
      return reply(near(leaving.get()), enough);
    }
    return bank.vocabulary()
        .beforeHandingBack(spoken)
        .flatMap(told -> handedBack(told, enough))
        .or(() -> reply(spoken, enough));
  }

  private Optional<BankReply> sum(String text) {
    return Sums.in(text)
        .flatMap(
            result ->
                bank.unasked().stream()
                    .filter(exchange -> exchange.topic().equals(Topic.SUM))
                    .flatMap(
                        exchange ->
                            say(exchange, Map.of(SUM, result), 1, BankReply.Origin.EXCHANGE)
                                .stream())
                    .findFirst());
  }

  private Optional<BankReply> reply(Spoken spoken, double enough) {
    List<Near> near = near(spoken);
    double first = near.isEmpty() ? 0 : near.getFirst().score();
    boolean asks = bank.vocabulary().asks(spoken) && !guesses(spoken);
    return (asks && first >= ASKED ? Optional.<BankReply>empty() : followUp(spoken, ANSWERED))
        .or(() -> more(spoken))
        .or(
            () ->
                asks || first >= TAKEN_UP || TAKEN_UP < enough
                    ? Optional.empty()
                    : followUp(spoken, TAKEN_UP))
        .or(() -> reply(near, enough))
        .or(() -> asks || !tells(spoken) ? Optional.empty() : kind(spoken, enough - FITS_MORE));
  }

  private static boolean tells(Spoken spoken) {
    return spoken.whole().words().size() >= TELLS;
  }

  /// "A candle?" answers a question rather than asking one.
  private boolean guesses(Spoken spoken) {
    return asked != null
        && !asked.followUps().isEmpty()
        && spoken.whole().words().size() <= LONGEST_GUESS
        && !bank.vocabulary().opensAQuestion(spoken);
  }

  /// A word of its own, then the reply to what was told.
  private Optional<BankReply> handedBack(Spoken told, double enough) {
    Optional<BankReply> reply = reply(told, enough).or(() -> carriedOn(told));
    BankLine question = asked;
    return reply
        .flatMap(
            rest ->
                line(exchange -> exchange.topic().equals(Topic.HANDED_BACK), 0)
                    .map(own -> own.before(rest)))
        .filter(both -> both.text().length() <= LONGEST_REPLY)
        .or(() -> reply)
        .map(
            said -> {
              asked = question;
              return said;
            });
  }

  /// Another reply of what was wished for last.
  private Optional<BankReply> more(Spoken spoken) {
    Exchange wish = served;
    return wish != null && bank.vocabulary().isOneOf("more", spoken.raw())
        ? say(wish, Map.of(), ANSWERED, BankReply.Origin.EXCHANGE)
        : Optional.empty();
  }

  /// A line that carries the talk on when nothing was understood: after a question that it cannot
  /// be answered, after a sentence what fits the kind of thing that was told, or its subject, else
  /// something about the topic or about anything. Empty when all such lines have been said.
  public Optional<BankReply> carryOn(String text) {
    return carriedOn(bank.vocabulary().read(text));
  }

  private Optional<BankReply> carriedOn(Spoken spoken) {
    boolean asks = bank.vocabulary().asks(spoken);
    boolean tells = !asks && tells(spoken);
    return line(exchange -> asks && exchange.topic().equals(Topic.ASKED), 0)
        .or(() -> tells ? kind(spoken, KIND) : Optional.empty())
        .or(() -> tells && wentOn ? subject(spoken) : Optional.empty())
        .or(() -> tells ? goOn() : Optional.empty())
        .or(() -> tells ? subject(spoken) : Optional.empty())
        .or(() -> line(one -> one.topic().equals(Topic.ANY) && fitsMood(one), 0))
        .or(() -> line(one -> !topic.equals(Topic.ANY) && topic.equals(one.topic()), 0))
        .or(() -> line(one -> one.topic().equals(Topic.ANY) && one.mood() == null, 0));
  }

  /// A line after which most things can be told further. Two of them in a row would be dull.
  private Optional<BankReply> goOn() {
    Optional<BankReply> line =
        line(one -> one.topic().equals(Topic.TOLD) && fitsMood(one), 0)
            .or(() -> line(one -> one.topic().equals(Topic.TOLD) && one.mood() == null, 0));
    wentOn = line.isPresent();
    return line;
  }

  /// One of the lines that nobody asked for.
  private Optional<BankReply> line(Predicate<Exchange> fits, double score) {
    return bank.unasked().stream()
        .filter(fits)
        .flatMap(exchange -> say(exchange, Map.of(), score, BankReply.Origin.CARRY_ON).stream())
        .findFirst();
  }

  /// By the kind of thing that was told.
  private Optional<BankReply> kind(Spoken spoken, double enough) {
    return near(spoken).stream()
        .filter(near -> near.exchange().topic().equals(Topic.TOLD) && near.score() >= enough)
        .limit(3)
        .flatMap(
            near ->
                say(near.exchange(), Map.of(), near.score(), BankReply.Origin.CARRY_ON).stream())
        .findFirst();
  }

  /// By the subject of what lies nearest.
  private Optional<BankReply> subject(Spoken spoken) {
    return near(spoken).stream()
        .limit(1)
        .filter(near -> near.score() >= SUBJECT && !near.exchange().topic().equals(Topic.ANY))
        .flatMap(near -> line(one -> one.topic().equals(near.exchange().topic()), 0).stream())
        .findFirst();
  }

  private boolean fitsMood(Exchange exchange) {
    return mood != null && mood == exchange.mood();
  }

  /// Somebody else said this line for the same side: it is not said again, and what the person says
  /// next does not answer the bank's last question.
  public void said(String line) {
    said.add(bank.vocabulary().words(line));
    asked = null;
  }

  /// How the person felt when that could last be told, if that is not long ago.
  public Optional<Mood> mood() {
    return Optional.ofNullable(mood);
  }

  /// The exchanges of the bank that are nearest to a text by meaning, best first: examples of how a
  /// turn of talk may go, for a model. None of their replies was said in this session, and asking
  /// for them says nothing. Words only: what holds a slot is left out.
  ///
  /// @param count how many at most; a text without words is near to none
  public List<Exchange.Example> nearest(String said, int count) {
    Spoken spoken = bank.vocabulary().read(said);
    if (spoken.clauses().isEmpty()) {
      return List.of();
    }
    return looked(spoken).stream()
        .flatMap(near -> near.exchange().example(this::isUnsaid).stream())
        .limit(count)
        .toList();
  }

  /// The topic that is being talked about is a little nearer than others.
  private List<Near> near(Spoken spoken) {
    return looked(spoken).stream()
        .sorted(
            Comparator.<Near>comparingDouble(
                    near ->
                        near.score()
                            + (near.exchange().topic().equals(topic) && !topic.equals(Topic.ANY)
                                ? SAME_TOPIC
                                : 0))
                .reversed())
        .toList();
  }

  private List<Near> looked(Spoken spoken) {
    if (!looked.text().equals(spoken.raw())) {
      looked = new Looked(spoken.raw(), bank.near(spoken));
    }
    return looked.near();
  }

  private Optional<BankReply> reply(List<Near> near, double enough) {
    return near.stream()
        .filter(one -> one.score() >= enough + (one.exchange().mood() == Mood.SAD ? GRAVE : 0))
        .flatMap(
            one -> {
              Optional<BankReply> reply =
                  say(one.exchange(), one.slots(), one.score(), BankReply.Origin.EXCHANGE);
              reply.ifPresent(yes -> remember(one.slots()));
              return reply.stream();
            })
        .findFirst();
  }

  /// What follows on the answer to the question that was asked last.
  ///
  /// @param score tells which: by the words of a cue, or by taking up whatever was said
  private Optional<BankReply> followUp(Spoken spoken, double score) {
    if (asked == null) {
      return Optional.empty();
    }
    List<Answer> answers = new ArrayList<>();
    for (FollowUp followUp : asked.followUps()) {
      for (Cue cue : followUp.cues()) {
        if (cue.phrasing().isOnlyASlot() == (score == TAKEN_UP)) {
          cue.match(spoken, bank.vocabulary())
              .ifPresent(held -> answers.add(new Answer(followUp, cue, held)));
        }
      }
    }
    answers.sort(Comparator.<Answer>comparingInt(answer -> answer.cue().weight()).reversed());
    return answers.stream().flatMap(answer -> say(answer, score).stream()).findFirst();
  }

  private record Answer(FollowUp followUp, Cue cue, String held) {
    Map<String, String> slots() {
      return cue.phrasing().slot().map(name -> Map.of(name, held)).orElse(Map.of());
    }
  }

  private Optional<BankReply> say(Answer answer, double score) {
    Optional<BankLine> line = unsaid(answer.followUp().replies(), answer.slots());
    line.ifPresent(yes -> remember(answer.slots()));
    return line.map(yes -> spoken(yes, answer.slots()))
        .map(text -> new BankReply(text, score, BankReply.Origin.FOLLOW_UP, topic, mood));
  }

  private Optional<BankReply> say(
      Exchange exchange, Map<String, String> slots, double score, BankReply.Origin origin) {
    Optional<BankLine> line = unsaid(exchange.replies(), slots);
    if (line.isPresent() && origin == BankReply.Origin.EXCHANGE) {
      if (exchange.topic().isASubject()) {
        topic = exchange.topic();
      }
      served = exchange.serves() == Exchange.Serves.AGAIN ? exchange : sameSubject(exchange);
      if (exchange.mood() != null) {
        mood = exchange.mood();
        sinceMood = 0;
      }
    }
    return line.map(one -> new BankReply(spoken(one, slots), score, origin, topic, mood));
  }

  /// What was wished for lasts until the talk turns to another subject.
  private @Nullable Exchange sameSubject(Exchange exchange) {
    boolean same = served != null && exchange.topic().equals(served.topic());
    return same || !exchange.topic().isASubject() ? served : null;
  }

  private void remember(Map<String, String> slots) {
    slots.forEach(
        (name, held) -> {
          if (!name.equals(SAID_LAST)) {
            told.put(name, held);
          }
        });
  }

  /// One of the lines that were not said yet and whose slots can be filled; those that use what was
  /// just said first.
  private Optional<BankLine> unsaid(List<BankLine> lines, Map<String, String> slots) {
    List<BankLine> left =
        lines.stream()
            .filter(line -> all(slots).keySet().containsAll(line.slots()))
            .filter(this::isUnsaid)
            .filter(line -> !said.contains(bank.vocabulary().words(line.filled(all(slots)))))
            .toList();
    List<BankLine> using =
        left.stream().filter(line -> !slots.isEmpty() && line.hasSlots()).toList();
    List<BankLine> among = using.isEmpty() ? left : using;
    return among.isEmpty()
        ? Optional.empty()
        : Optional.of(among.get(chance.nextInt(among.size())));
  }

  private boolean isUnsaid(BankLine line) {
    return !said.contains(bank.vocabulary().words(line.text()));
  }

  private Map<String, String> all(Map<String, String> slots) {
    Map<String, String> all = new HashMap<>(told);
    all.putAll(slots);
    return all;
  }

  private String spoken(BankLine line, Map<String, String> slots) {
    String text = line.filled(all(slots));
    said.add(bank.vocabulary().words(line.text()));
    said.add(bank.vocabulary().words(text));
    asked = line;
    wentOn = false;
    return text;
  }
}
