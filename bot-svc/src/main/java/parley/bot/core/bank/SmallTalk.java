package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int LONGEST_GUESS = 3;
  // Who "must go and see" something has only just come.
  private static final int LEAVES_AFTER = 3;
  private static final int LONGEST_REPLY = 220;

  private final Bank bank;
  private final Feelings feelings;
  private final CarryOn carryOn;
  private final Used used = new Used();
  private final Lines lines;
  private Topic topic = Topic.ANY;
  private @Nullable String heard;
  private @Nullable BankLine asked;
  private boolean askedGently;
  private int heardLines;
  private @Nullable Exchange served;
  private Looked looked = new Looked("", List.of());

  /// What was looked up last.
  private record Looked(String text, List<Near> near) {}

  /// @param chance picks among replies that fit as well
  public SmallTalk(Bank bank, RandomGenerator chance) {
    this.bank = bank;
    this.lines = new Lines(bank, used, chance);
    this.feelings = new Feelings(bank);
    this.carryOn =
        new CarryOn(
            bank,
            feelings,
            used,
            chance,
            (exchange, slots, score) -> say(exchange, slots, score, BankReply.Origin.CARRY_ON));
  }

  /// What the bank replies to that, if it is sure enough; the reply counts as said. A question that
  /// is handed back at the end ("and you?") is answered first, then what stood before it.
  ///
  /// @param enough the score that a reply must have, 0 to 1
  public Optional<BankReply> answer(String text, double enough) {
    Spoken spoken = bank.vocabulary().read(text);
    hear(text);
    heard = null;
    if (spoken.clauses().isEmpty() && text.isBlank()) {
      return Optional.empty();
    }
    Optional<BankReply> sum = sum(text);
    if (sum.isPresent()) {
      return sum;
    }
    Optional<BankReply> danger = danger(spoken);
    if (danger.isPresent()) {
      return danger;
    }
    Optional<BankReply> named = introduced(spoken, enough);
    if (named.isPresent()) {
      return named;
    }
    return bank.vocabulary()
        .farewell(spoken)
        .map(leaving -> farewell(leaving, enough))
        .orElseGet(
            () ->
                bank.vocabulary()
                    .beforeHandingBack(spoken)
                    .flatMap(told -> handedBack(told, enough))
                    .or(() -> reply(spoken, enough)));
  }

  private Optional<BankReply> farewell(Spoken leaving, double enough) {
    return (isGentle()
            ? carryOn.farewell()
            : reply(near(leaving), Math.max(enough, ANSWERED), true))
        .or(carryOn::farewell)
        .or(() -> reply(near(leaving), enough, true));
  }

  private Optional<BankReply> danger(Spoken spoken) {
    return used.leniently(
        () ->
            bank.dangers(spoken).stream()
                .flatMap(exchange -> say(exchange, Map.of(), 1, BankReply.Origin.EXCHANGE).stream())
                .findFirst());
  }

  /// Who only says their name is answered as the bank answers "my name is ...".
  private Optional<BankReply> introduced(Spoken spoken, double enough) {
    return bank.vocabulary()
        .introduced(spoken)
        .flatMap(name -> reply(bank.near(bank.vocabulary().read(name)), enough, true));
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
        .or(() -> reply(near, enough, asks));
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
                (isGentle()
                        ? Optional.<BankReply>empty()
                        : carryOn.line(exchange -> exchange.topic().equals(Topic.HANDED_BACK)))
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

  /// A line that carries the talk on when nothing was understood: gently for who feels bad, after a
  /// question that it cannot be answered, after a sentence what fits what was told, else something
  /// about the topic or about anything. Empty when all such lines have been said.
  public Optional<BankReply> carryOn(String text) {
    return carriedOn(bank.vocabulary().read(text));
  }

  private Optional<BankReply> carriedOn(Spoken spoken) {
    List<Near> near = near(spoken);
    return carryOn
        .after(spoken, near, topic)
        .or(() -> used.leniently(() -> carryOn.after(spoken, near, topic)));
  }

  /// A line for who is in trouble, whatever it is, that asks for nothing cheerful. Empty when all
  /// have been said.
  public Optional<BankReply> gentle() {
    return carryOn.gently(false).or(() -> used.leniently(() -> carryOn.gently(false)));
  }

  /// Judges how the person feels who says this, before anything is chosen to answer it. Need not be
  /// called, and changes nothing when [#answer] follows with the same text.
  ///
  /// @return it tells that they feel bad
  public boolean hear(String text) {
    if (heard == null || !heard.equals(text)) {
      heard = text;
      heardLines++;
      Spoken spoken = bank.vocabulary().read(text);
      feelings.hear(spoken, spoken.clauses().isEmpty() ? List.of() : looked(spoken));
    }
    return feelings.isFresh() && feelings.isHeavy();
  }

  /// It tells something, at some length, and asks nothing.
  public boolean isTold(String text) {
    Spoken spoken = bank.vocabulary().read(text);
    return !bank.vocabulary().asks(spoken) && carryOn.tells(spoken);
  }

  /// What it tells can be said back, or what it asks be named.
  public boolean takesUp(String text) {
    return carryOn.takesUp(bank.vocabulary().read(text));
  }

  /// The person feels bad, or did a moment ago: nothing cheerful now, no games that they did not
  /// ask for.
  public boolean isGentle() {
    return feelings.isHeavy();
  }

  /// Somebody else said this line for the same side: it is not said again, and what the person says
  /// next does not answer the bank's last question.
  public void said(String line) {
    lines.saidByOthers(line);
    asked = null;
  }

  /// How the person felt when that could last be told, if that is not long ago.
  public Optional<Mood> mood() {
    return feelings.mood();
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
        .flatMap(near -> near.exchange().example(lines::isUnsaid).stream())
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

  private Optional<BankReply> reply(List<Near> near, double enough, boolean asks) {
    return near.stream()
        .filter(one -> one.score() >= enough && feelings.allow(one, asks))
        .filter(one -> heardLines >= LEAVES_AFTER || !one.exchange().topic().equals(Topic.FAREWELL))
        .flatMap(
            one -> {
              Optional<BankReply> reply =
                  say(one.exchange(), one.slots(), one.score(), BankReply.Origin.EXCHANGE);
              reply.ifPresent(yes -> lines.remember(one.slots()));
              return reply.stream();
            })
        .findFirst();
  }

  /// What follows on the answer to the question that was asked last.
  ///
  /// @param score tells which: by the words of a cue, or by taking up whatever was said
  private Optional<BankReply> followUp(Spoken spoken, double score) {
    if (asked == null || (isGentle() && !askedGently)) {
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
    Optional<BankLine> line = lines.unsaid(answer.followUp().replies(), answer.slots());
    line.ifPresent(yes -> lines.remember(answer.slots()));
    return line.map(yes -> spoken(yes, answer.slots()))
        .map(
            text ->
                new BankReply(
                    text, score, BankReply.Origin.FOLLOW_UP, topic, feelings.mood().orElse(null)));
  }

  private Optional<BankReply> say(
      Exchange exchange, Map<String, String> slots, double score, BankReply.Origin origin) {
    Optional<BankLine> line = lines.unsaid(exchange.replies(), slots);
    line.ifPresent(yes -> carryOn.said(exchange));
    if (line.isPresent() && origin == BankReply.Origin.EXCHANGE) {
      if (exchange.topic().isASubject()) {
        topic = exchange.topic();
      }
      served = exchange.serves() == Exchange.Serves.AGAIN ? exchange : sameSubject(exchange);
      feelings.answered(exchange, score);
    }
    return line.map(
        one ->
            new BankReply(spoken(one, slots), score, origin, topic, feelings.mood().orElse(null)));
  }

  /// What was wished for lasts until the talk turns to another subject.
  private @Nullable Exchange sameSubject(Exchange exchange) {
    boolean same = served != null && exchange.topic().equals(served.topic());
    return same || !exchange.topic().isASubject() ? served : null;
  }

  private String spoken(BankLine line, Map<String, String> slots) {
    String text = lines.said(line, slots);
    asked = line;
    askedGently = isGentle();
    return text;
  }
}
