package parley.bot.langchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.bot.FakeProvider;
import parley.bot.core.Fault;
import parley.bot.core.Line;
import parley.bot.core.Notes;
import parley.bot.core.Prompt;
import parley.bot.core.ReplyRules;
import parley.bot.core.conduct.Tongue;
import parley.bot.core.port.Talker;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.testing.Eventually;
import parley.testing.LivingThreads;

class OpenAiTalkersIT {
  private final FakeProvider provider = new FakeProvider();
  private final Notes notes = new Notes();
  private final Heard heard = new Heard();
  private OpenAiTalkers talkers;

  @BeforeEach
  void open() {
    ProviderRules rules =
        new ProviderRules(
            URI.create(provider.baseUrl()),
            "small",
            "sk-test",
            "Example",
            0.5,
            100,
            ReplyRules.DEFAULT,
            ProviderTimes.DEFAULT,
            Duration.ofSeconds(20));
    talkers = new OpenAiTalkers(rules, notes, NodeContext.of(new NodeId("bot-talkers")));
  }

  @AfterEach
  void close() {
    talkers.close();
    provider.close();
  }

  @Test
  void anAnswerComesSentenceBySentenceWhileItIsWritten() {
    provider.answers(
        exchange -> {
          exchange.begin();
          exchange.words("It is good to hear from you. What");
          Eventually.holds("the first sentence is heard", () -> heard.sentences.size() == 1);
          exchange.words(" are you playing?");
          exchange.ends();
        });

    var _ = ask(prompt(List.of(), "Hello"));

    heard.await("done");
    assertThat(heard.sentences)
        .containsExactly("It is good to hear from you.", "What are you playing?");
    assertThat(provider.keys).containsExactly("Bearer sk-test");
  }

  @Test
  void theModelIsRemindedOfTheNewestThatFits() {
    List<Line> memory =
        List.of(
            new Line(Line.Who.PERSON, "long ago ".repeat(60)),
            new Line(Line.Who.PEER, "Do you like chess?"),
            new Line(Line.Who.PERSON, "A little"));

    var _ = ask(prompt(memory, "and go"));

    heard.await("done");
    assertThat(provider.asked.getFirst())
        .contains(
            "Do you like chess?", "A little\\nand go", "English", "chess, rain", "\"max_tokens\"")
        .doesNotContain("long ago");
  }

  @Test
  void whatIsCancelledInTheMiddleClosesItsConnectionAndTellsNothingMore() {
    provider.answers(
        exchange -> {
          exchange.begin();
          for (int word = 0; word < 100_000; word++) {
            exchange.words("word ");
            exchange.pause(1);
          }
        });
    Talker.Utterance utterance = ask(prompt(List.of(), "Hello"));
    Eventually.holds("words come", () -> utterance != null && provider.asked.size() == 1);

    assertThat(utterance.cancel()).isPositive();

    Eventually.holds("the provider finds nobody", () -> provider.broken.get() == 1);
    assertThat(heard.endings).isEmpty();
    assertThat(notes.all).isEmpty();
  }

  @Test
  void whatIsCancelledBeforeItsFirstWordClosesItsConnectionToo() {
    provider.answers(
        exchange -> {
          exchange.pause(300);
          exchange.begin();
          for (int word = 0; word < 20_000; word++) {
            exchange.words("late ");
            exchange.pause(1);
          }
        });
    Talker.Utterance utterance = ask(prompt(List.of(), "Hello"));
    Eventually.holds("it is asked", () -> provider.asked.size() == 1);

    var _ = utterance.cancel();

    Eventually.holds("the provider finds nobody", () -> provider.broken.get() == 1);
    assertThat(heard.endings).isEmpty();
    assertThat(heard.sentences).isEmpty();
  }

  @Test
  void whatIsCancelledJustAsTheAnswerBeginsClosesItsConnectionToo() {
    SplittableRandom chance = new SplittableRandom(41);
    AtomicReference<Talker.Utterance> going = new AtomicReference<>();
    provider.answers(
        exchange -> {
          Eventually.holds("it is known", () -> going.get() != null);
          long pause = chance.nextInt(1_500_000);
          Thread.startVirtualThread(
              () -> {
                LockSupport.parkNanos(pause);
                var _ = going.getAndSet(null).cancel();
              });
          exchange.begin();
          for (int word = 0; word < 1_000; word++) {
            exchange.words("late ");
            exchange.pause(1);
          }
        });
    for (int time = 1; time <= 60; time++) {
      int cut = time;
      going.set(ask(prompt(List.of(), "Hello")));
      Eventually.holds("the provider finds nobody", () -> provider.broken.get() == cut);
    }
    assertThat(heard.endings).isEmpty();
  }

  @Test
  void aFaultBeforeTheFirstSentenceIsTriedAgainOnce() {
    provider.answers(
        exchange -> {
          if (provider.asked.size() == 1) {
            exchange.status(500);
          } else {
            exchange.completes();
          }
        });
    var _ = ask(prompt(List.of(), "Hello"));
    heard.await("done");
    assertThat(heard.sentences).hasSize(2);
    assertThat(notes.all).containsExactly("fault BROKEN");
  }

  @Test
  void whatWasHalfSaidIsNotSaidAgain() {
    provider.answers(
        exchange -> {
          exchange.begin();
          exchange.words("It is good to hear from you. And then");
        });
    var _ = ask(prompt(List.of(), "Hello"));
    heard.await("failed CUT");
    assertThat(provider.asked).hasSize(1);
    assertThat(heard.sentences).containsExactly("It is good to hear from you.");
  }

  @Test
  void aRefusedKeyIsNotTriedAgain() {
    provider.answers(exchange -> exchange.status(401));
    var _ = ask(prompt(List.of(), "Hello"));
    heard.await("failed KEY_REFUSED");
    assertThat(provider.asked).hasSize(1);
  }

  @Test
  void whatFailsAgainAndAgainIsLeftAlone() {
    provider.answers(exchange -> exchange.status(500));
    askAndAwait("failed BROKEN", 3);
    askAndAwait("failed LEFT_ALONE", 1);
    assertThat(provider.asked).hasSize(6);
    assertThat(talkers.isReady()).isFalse();
  }

  @Test
  void whatCameBackIsNotLeftAloneForWhatWasBefore() {
    provider.answers(exchange -> exchange.status(500));
    askAndAwait("failed BROKEN", 2);
    provider.answers(exchange -> exchange.completes());
    askAndAwait("done", 4);
    assertThat(talkers.isReady()).isTrue();
  }

  @Test
  void closingLeavesNoThread() {
    var _ = ask(prompt(List.of(), "Hello"));
    heard.await("done");
    talkers.close();
    Eventually.holds("no thread", () -> LivingThreads.named("bot-talkers").isEmpty());
  }

  private void askAndAwait(String ending, int times) {
    for (int i = 0; i < times; i++) {
      heard.endings.clear();
      var _ = ask(prompt(List.of(), "Hello"));
      heard.await(ending);
    }
  }

  private Talker.Utterance ask(Prompt prompt) {
    return talkers.begin().answer(prompt, heard);
  }

  private static Prompt prompt(List<Line> memory, String said) {
    return new Prompt(
        memory, said, new Tongue("en", ""), 1, List.of("chess", "rain"), Prompt.Tone.USUAL);
  }

  private static final class Heard implements Talker.Listener {
    private final List<String> sentences = new CopyOnWriteArrayList<>();
    private final List<String> endings = new CopyOnWriteArrayList<>();

    @Override
    public void sentence(String text) {
      sentences.add(text);
    }

    @Override
    public void done(int tokens) {
      endings.add("done");
    }

    @Override
    public void failed(Fault fault, int tokens) {
      endings.add("failed " + fault);
    }

    private void await(String ending) {
      Eventually.holds(ending, () -> !endings.isEmpty());
      assertThat(endings).containsExactly(ending);
    }
  }
}
