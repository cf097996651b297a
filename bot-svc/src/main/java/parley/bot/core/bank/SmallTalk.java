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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The small talk of one session: what was said, what it was about, what the person told. Says no
/// line twice. Not thread-safe.
public final class SmallTalk {
  /// The slot that holds what was just said; all others are remembered as long as the session is.
  static final String SAID_LAST = "it";

  private static final double ANSWERED = 0.95;
  private static final double TAKEN_UP = 0.75;
  private static final double SAME_TOPIC = 0.03;
  private static final int TELLS = 3;
  private static final int LINES_OF_A_MOOD = 4;

  private final Bank bank;
  private final RandomGenerator chance;
  private final Set<List<String>> said = new HashSet<>();
  private final Map<String, String> told = new HashMap<>();
  private Topic topic = Topic.ANY;
  private @Nullable Mood mood;
  private int sinceMood;
  private @Nullable BankLine asked;

  /// @param chance picks among replies that fit as well
  public SmallTalk(Bank bank, RandomGenerator chance) {
    this.bank = bank;
    this.chance = chance;
  }

  /// What the bank replies to that, if it is sure enough; the reply counts as said.
  ///
  /// @param enough the score that a reply must have, 0 to 1
  public Optional<BankReply> answer(String text, double enough) {
    Spoken spoken = bank.vocabulary().read(text);
    sinceMood++;
    if (sinceMood > LINES_OF_A_MOOD) {
      mood = null;
    }
    if (spoken.clauses().isEmpty() && text.isBlank()) {
      return Optional.empty();
    }
    Optional<BankReply> answered = followUp(spoken, ANSWERED);
    if (answered.isPresent()) {
      return answered;
    }
    List<Near> near = near(spoken);
    boolean understood = !near.isEmpty() && near.getFirst().score() >= TAKEN_UP;
    return (understood || bank.vocabulary().asks(spoken)
            ? Optional.<BankReply>empty()
            : followUp(spoken, TAKEN_UP))
        .filter(reply -> reply.score() >= enough)
        .or(() -> reply(near, enough));
  }

  /// A line that carries the talk on when nothing was understood: after a question that it cannot
  /// be answered, after a sentence a question about it, else something about the topic or about
  /// anything. Empty when all such lines have been said.
  public Optional<BankReply> carryOn(String text) {
    Spoken spoken = bank.vocabulary().read(text);
    boolean tells = spoken.whole().words().size() >= TELLS;
    return Stream.<Predicate<Exchange>>of(
            exchange -> bank.vocabulary().asks(spoken) && exchange.topic().equals(Topic.ASKED),
            exchange -> tells && exchange.topic().equals(Topic.TOLD) && fitsMood(exchange),
            exchange -> tells && exchange.topic().equals(Topic.TOLD) && exchange.mood() == null,
            exchange -> exchange.topic().equals(Topic.ANY) && fitsMood(exchange),
            exchange -> !topic.equals(Topic.ANY) && topic.equals(exchange.topic()),
            exchange -> exchange.topic().equals(Topic.ANY) && exchange.mood() == null)
        .flatMap(fits -> bank.unasked().stream().filter(fits))
        .flatMap(exchange -> say(exchange, Map.of(), 0, BankReply.Origin.CARRY_ON).stream())
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
    return bank.near(spoken).stream()
        .flatMap(near -> near.exchange().example(this::isUnsaid).stream())
        .limit(count)
        .toList();
  }

  /// The topic that is being talked about is a little nearer than others.
  private List<Near> near(Spoken spoken) {
    return bank.near(spoken).stream()
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

  private Optional<BankReply> reply(List<Near> near, double enough) {
    return near.stream()
        .filter(one -> one.score() >= enough)
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
      if (!exchange.topic().equals(Topic.ANY)) {
        topic = exchange.topic();
      }
      if (exchange.mood() != null) {
        mood = exchange.mood();
        sinceMood = 0;
      }
    }
    return line.map(one -> new BankReply(spoken(one, slots), score, origin, topic, mood));
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
    return text;
  }
}
