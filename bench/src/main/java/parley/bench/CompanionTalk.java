package parley.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Ending;
import parley.bot.core.Invitation;
import parley.bot.core.Person;
import parley.bot.core.SealedGrant;
import parley.bot.core.Talk;
import parley.bot.core.port.Sessions;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

/// One conversation with a companion, as its node leads it, without the way there: rules, gathering
/// and review included. One thread plays the person.
final class CompanionTalk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MORE = Duration.ofMillis(40);

  private final InstantSource steady;
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Talk talk;

  private record Said(String line, Instant at) {}

  /// @param lines what was answered
  /// @param first how long after the person's line the first of them came
  record Answer(List<String> lines, Duration first) {
    Answer {
      lines = List.copyOf(lines);
    }
  }

  /// @param parts as a node makes them
  CompanionTalk(Talk.Parts parts, RandomGenerator random) {
    this.steady = parts.steady();
    Person person = new Person(List.of(), List.of("en"), Cohort.ADULT, DeviceId.random(random));
    this.talk = new Talk(parts, person, over::countDown);
    Voice voice = new Voice();
    talk.begin(
        (_, _, _) -> voice,
        ParticipantId.random(random),
        new Invitation(
            SessionId.random(random),
            SealedGrant.of(new byte[0]),
            PATIENCE,
            person,
            CorrelationId.random(random)));
  }

  /// What the companion opens with.
  List<String> opening() throws InterruptedException {
    talk.entered();
    return answer(steady.instant()).lines();
  }

  /// @throws IllegalStateException if nothing comes
  Answer says(String line) throws InterruptedException {
    said.clear(); // What was said to an earlier line answers that one.
    Instant at = steady.instant();
    talk.heard(line);
    return answer(at);
  }

  /// Says it and does not wait.
  void blurts(String line) {
    talk.heard(line);
  }

  private Answer answer(Instant since) throws InterruptedException {
    Said first = said.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      throw new IllegalStateException("no answer in " + PATIENCE);
    }
    List<String> lines = new ArrayList<>(List.of(first.line()));
    for (Said more = next(); more != null; more = next()) {
      lines.add(more.line());
    }
    return new Answer(lines, Duration.between(since, first.at()));
  }

  private @Nullable Said next() throws InterruptedException {
    return said.poll(MORE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The person leaves.
  ///
  /// @throws IllegalStateException if the companion does not
  @Override
  public void close() {
    talk.ended(Ending.OTHER);
    try {
      if (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("a conversation did not end in " + PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the companion does.
  private final class Voice implements Sessions.Voice {
    @Override
    public void say(String line, Runnable settled) {
      said.add(new Said(line, steady.instant()));
      settled.run();
    }

    @Override
    public void typing() {}

    @Override
    public void leave() {
      talk.ended(Ending.OTHER);
    }

    @Override
    public void close() {}
  }
}
