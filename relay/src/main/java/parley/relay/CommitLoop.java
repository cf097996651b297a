package parley.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;

/// Group commit: one thread, one batch in flight; what comes meanwhile makes up the next. After a
/// batch is committed, and only then, its outcomes are answered, its entries delivered, other nodes
/// told.
///
/// All subscribers, replies and the [Audience] are called by this one thread.
final class CommitLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);

  /// Below it a batch is worth waiting for company, if there is any.
  private static final int SMALL_BATCH = 16;

  private static final Duration BATCH_MAY_TAKE = Duration.ofSeconds(2);

  private final NodeContext context;
  private final AppendLog log;
  private final Inbox inbox;
  private final Audience audience;
  private final RelayLimits limits;
  private final RelayMetrics metrics;
  private final SplittableRandom checks;
  private final Thread thread;
  private int lastBatch;
  private long incarnation;
  private long nextCompare;

  CommitLoop(
      NodeContext context,
      String name,
      AppendLog log,
      Inbox inbox,
      Audience audience,
      RelayMetrics metrics) {
    this.context = context;
    this.log = log;
    this.inbox = inbox;
    this.audience = audience;
    this.limits = inbox.limits();
    this.metrics = metrics;
    this.checks = new SplittableRandom(context.random().nextLong());
    this.incarnation = log.incarnation();
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
  }

  void start() {
    nextCompare = System.nanoTime() + limits.compareEvery().toNanos();
    thread.start();
  }

  /// Ends after the batch in flight; what still waits is told that the log is unavailable.
  @Override
  public void close() {
    List<Work> rest = inbox.close();
    try {
      if (!thread.join(BATCH_MAY_TAKE)) {
        thread.interrupt(); // it waits for a log that does not answer
        thread.join(BATCH_MAY_TAKE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    rest.forEach(Work::unavailable);
  }

  private void loop() {
    while (inbox.await(Duration.ofNanos(Math.max(1, nextCompare - System.nanoTime())))) {
      try {
        round();
      } catch (RuntimeException fault) {
        metrics.fault();
        LOG.atError().setCause(fault).log("relay failed, all its streams end with resume");
        audience.unavailable();
      }
    }
    audience.unavailable();
  }

  private void round() {
    inbox.takeTasks().forEach(this::runGuarded);
    if (System.nanoTime() - nextCompare >= 0) {
      nextCompare = System.nanoTime() + limits.compareEvery().toNanos();
      audience.compareTips();
    }
    if (lastBatch < SMALL_BATCH && lastBatch > 0 && inbox.waiting() > 1) {
      inbox.linger(SMALL_BATCH, limits.linger());
    }
    List<Work> works = inbox.takeBatch();
    lastBatch = works.size();
    if (!works.isEmpty()) {
      commit(works);
    }
    audience.endBatch();
  }

  private void commit(List<Work> works) {
    List<Step> steps = steps(works);
    List<LogAnswer> answers;
    try {
      answers = log.run(steps.stream().map(Step::request).toList());
    } catch (LogUnavailable gone) {
      metrics.unavailable();
      LOG.atError().setCause(gone).log("log unavailable, all streams end with resume");
      works.forEach(work -> runGuarded(work::unavailable));
      // What came meanwhile has waited as long: a batch of its own would keep it waiting twice.
      inbox.takeAll().forEach(work -> runGuarded(work::unavailable));
      audience.unavailable();
      return;
    }
    metrics.batch(works.size());
    if (incarnation != log.incarnation()) {
      incarnation = log.incarnation();
      metrics.connectionRenewed();
      audience.invalidateCursors();
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      LogAnswer answer = answers.get(i);
      runGuarded(() -> answered(step, answer));
    }
  }

  /// Appends of one session that follow one another become one request.
  private List<Step> steps(List<Work> works) {
    Instant now = Instant.ofEpochMilli(context.clock().millis()); // as much as is stored
    List<Step> steps = new ArrayList<>();
    List<Work.Append> group = new ArrayList<>();
    for (Work work : works) {
      boolean joins = work instanceof Work.Append && isOfSession(group, work.session());
      if (!group.isEmpty() && !joins) {
        steps.add(appendStep(group, now));
        group = new ArrayList<>();
      }
      switch (work) {
        case Work.Append append -> group.add(append);
        case Work.Request request -> steps.add(new Step(request.request(), List.of(), request));
      }
    }
    if (!group.isEmpty()) {
      steps.add(appendStep(group, now));
    }
    return steps;
  }

  private static boolean isOfSession(List<Work.Append> group, SessionId session) {
    return !group.isEmpty() && group.getFirst().session().equals(session);
  }

  private Step appendStep(List<Work.Append> group, Instant now) {
    List<Draft> drafts = new ArrayList<>(group.size());
    for (Work.Append append : group) {
      drafts.add(append.message().draft(checks.nextInt() & Integer.MAX_VALUE, now));
    }
    return new Step(new LogRequest.Append(group.getFirst().session(), drafts), group, null);
  }

  private void answered(Step step, LogAnswer answer) {
    if (answer instanceof LogAnswer.Failed failed) {
      LOG.atError()
          .addKeyValue("session", step.request().session())
          .log("log refused a request: {}", failed.why());
    }
    if (step.work() != null) {
      step.work().handler().answered(answer);
    } else if (answer instanceof LogAnswer.Appended appended
        && step.request() instanceof LogRequest.Append append) {
      appended(append, step.appends(), appended);
    } else {
      step.appends().forEach(Work.Append::unavailable);
      audience.lost(step.request().session());
    }
  }

  private void appended(
      LogRequest.Append append, List<Work.Append> waiting, LogAnswer.Appended appended) {
    List<AppendOutcome> outcomes = new ArrayList<>(waiting.size());
    List<LogEntry> entries = new ArrayList<>(waiting.size());
    for (int i = 0; i < waiting.size(); i++) {
      Draft draft = append.drafts().get(i);
      AppendOutcome outcome = ownOrDuplicate(draft, appended.outcomes().get(i));
      outcomes.add(outcome);
      if (outcome instanceof AppendOutcome.Stored(Position position, Instant _)) {
        entries.add(draft.at(position.offset()));
      }
    }
    // Answers first: of several messages with one sequence, the entry belongs to the one stored.
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).reply().answered(outcomes.get(i));
    }
    if (!entries.isEmpty()) {
      metrics.stored(entries.size());
      audience.committed(append.session(), appended.epoch(), appended.previousCheck(), entries);
    }
  }

  /// A duplicate with the check chosen here was stored by the same batch, before its answer was
  /// lost.
  static AppendOutcome ownOrDuplicate(Draft draft, AppendOutcome outcome) {
    return outcome instanceof AppendOutcome.Duplicate(var where)
            && where.isPresent()
            && where.get().check() == draft.check()
        ? new AppendOutcome.Stored(where.get(), draft.at())
        : outcome;
  }

  /// One caller's fault must not hurt the others.
  private void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      metrics.fault();
      LOG.atError().setCause(fault).log("relay task failed");
    }
  }

  /// @param appends what waits for an append; empty for another request
  private record Step(LogRequest request, List<Work.Append> appends, Work.@Nullable Request work) {}
}
