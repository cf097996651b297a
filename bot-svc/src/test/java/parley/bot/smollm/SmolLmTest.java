package parley.bot.smollm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.bot.core.Improvised;
import parley.bot.core.port.Improviser;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;

class SmolLmTest {
  private static final Improviser.Scene SCENE =
      new Improviser.Scene(List.of(), List.of(), "i got a new bike");
  private static final Duration PATIENT = Duration.ofSeconds(60);

  private final HeldModel model = new HeldModel();
  private final Audience audience = new Audience();
  private SmolLm improviser = within(PATIENT);

  @AfterEach
  void close() {
    improviser.close();
  }

  @Test
  void whoGetsNoLineInTimeIsToldSoOnce() {
    improviser.close();
    improviser = within(Duration.ofMillis(1));

    var _ = improviser.improvise(SCENE, audience);

    Awaitility.await("it is told that the line is late")
        .atMost(PATIENT)
        .until(() -> !audience.ends.isEmpty());
    model.asked.getFirst().answered().refused(Answered.Refusal.FAILED, "after all");
    assertThat(audience.ends).containsExactly(Improvised.LATE);
    assertThat(model.asked.getFirst().isWanted()).isFalse();
  }

  @Test
  void whoWantsAnotherHearsOneMoreAndABolderOne() {
    model.answers = says("What a bike!");

    var _ = improviser.improvise(SCENE, audience);

    assertThat(audience.lines).containsExactly("What a bike!", "What a bike!");
    assertThat(audience.ends).containsExactly(Improvised.NONE_FITS);
    assertThat(model.asked.getLast().temperature())
        .isGreaterThan(model.asked.getFirst().temperature());
  }

  @Test
  void whoTakesALineHearsNoMore() {
    model.answers = says("What a bike! Is it red? Is it fast?");
    audience.wish = Improviser.Wish.NO_OTHER;

    var _ = improviser.improvise(SCENE, audience);

    assertThat(audience.lines).hasSize(1);
    assertThat(audience.ends).isEmpty();
  }

  @Test
  void nothingIsWantedOfTheModelAfterTheEndOfANode() {
    var _ = improviser.improvise(SCENE, audience);
    assertThat(model.asked.getFirst().isWanted()).isTrue();

    improviser.close();

    assertThat(model.asked.getFirst().isWanted()).isFalse();
    var _ = improviser.improvise(SCENE, audience);
    assertThat(audience.ends).containsExactly(Improvised.NOT_READY);
    assertThat(model.asked).hasSize(1);
  }

  private SmolLm within(Duration time) {
    return new SmolLm(model, time, NodeContext.of(new NodeId("talk-1")));
  }

  private static Consumer<Answered> says(String line) {
    return answered -> {
      answered.piece(line);
      answered.done(Answered.End.STOPPED, 10, 5);
    };
  }

  private record Asked(TextRequest question, Answered answered) {
    boolean isWanted() {
      return question.wanted().getAsBoolean();
    }

    double temperature() {
      return question.sampling().temperature();
    }
  }

  /// Answers as a test wants, at once; or not at all.
  private static final class HeldModel implements SmallModel {
    final List<Asked> asked = new ArrayList<>();
    Consumer<Answered> answers = _ -> {};

    @Override
    public void warm() {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void ask(TextRequest question, Answered answered) {
      asked.add(new Asked(question, answered));
      answers.accept(answered);
    }
  }

  private static final class Audience implements Improviser.Audience {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Improvised> ends = new CopyOnWriteArrayList<>();
    Improviser.Wish wish = Improviser.Wish.ANOTHER;

    @Override
    public Improviser.Wish hears(String line) {
      lines.add(line);
      return wish;
    }

    @Override
    public void over(Improvised why) {
      ends.add(why);
    }
  }
}
