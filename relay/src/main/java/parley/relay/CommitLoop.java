package parley.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;

/// Group commit: one thread, one batch in flight; what comes meanwhile makes up the next. After a
/// batch is committed, and only then, its outcomes are answered, its entries delivered, other nodes
/// told.
///
/// All subscribers, replies and the [Audience] are called by this one thread. It survives whatever
/// is thrown, Errors too: those a round was for are told, all streams end with resume.
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
  private final Guard guard;
  private final SplittableRandom checks;
  private final Thread thread;
  private final List<Work> unanswered = new ArrayList<>();
  private int lastBatch;
  private int part;
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
    this.guard = new Guard(metrics);
    this.checks = new SplittableRandom(context.random().nextLong());
    this.incarnation = log.incarnation();
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
  }

  void start() {
    nextCompare = System.nanoTime() + comparePause();
    thread.start();
  }

  /// Ends after the batch in flight; what still waits is told that the log is unavailable.
  @Override
  public void close() {
    List<Work> rest = inbox.close();
    try {
      if (!thread.join(BATCH_MAY_TAKE)) {
        log.close(); // it waits for a log that does not answer
        thread.join(BATCH_MAY_TAKE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    rest.forEach(Work::unavailable);
  }

  private void loop() {
    try {
      while (inbox.await(Duration.ofNanos(Math.max(1, nextCompare - System.nanoTime())))) {
        round();
      }
    } catch (Throwable fatal) {
      // Not even those who wait could be told: nothing is taken any more.
      metrics.fault();
      LOG.atError().setCause(fatal).log("relay has ended");
    } finally {
      inbox.close().forEach(work -> guard.run(work::unavailable));
      audience.unavailable();
    }
  }

  private void round() {
    try {
      inbox.takeTasks().forEach(guard::run);
      compareIfDue();
      if (lastBatch < SMALL_BATCH && lastBatch > 0 && inbox.waiting() > 1) {
        inbox.linger(SMALL_BATCH, limits.linger());
      }
      List<Work> works = inbox.takeBatch();
      lastBatch = works.size();
      if (!works.isEmpty()) {
        commit(works);
      }
      audience.endBatch();
    } catch (Throwable fault) {
      metrics.fault();
      LOG.atError().setCause(fault).log("relay failed, all its streams end with resume");
      unanswered.forEach(work -> guard.run(work::unavailable));
      unanswered.clear();
      audience.unavailable();
    }
  }

  private void compareIfDue() {
    long now = System.nanoTime();
    if (now - nextCompare >= 0) {
      nextCompare = now + comparePause();
      part = (part + 1) % Audience.PARTS;
      audience.compareTips(part);
    }
  }

  private long comparePause() {
    return limits.compareEvery().toNanos() / Audience.PARTS;
  }

  private void commit(List<Work> works) {
    unanswered.addAll(works);
    List<Step> steps = steps(works);
    List<LogAnswer> answers;
    try {
      answers = log.run(steps.stream().map(Step::request).toList());
    } catch (LogUnavailable gone) {
      metrics.unavailable();
      LOG.atError().setCause(gone).log("log unavailable, all streams end with resume");
      // What came meanwhile has waited as long: a batch of its own would keep it waiting twice.
      unanswered.addAll(inbox.takeAll());
      unanswered.forEach(work -> guard.run(work::unavailable));
      unanswered.clear();
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
      guard.run(() -> tellSenders(step, answer));
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      LogAnswer answer = answers.get(i);
      guard.run(() -> answered(step, answer));
    }
    unanswered.clear();
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

  /// Before anything is delivered: of several messages with one sequence, the entry belongs to the
  /// one stored.
  private static void tellSenders(Step step, LogAnswer answer) {
    List<Work.Append> waiting = step.appends();
    if (answer instanceof LogAnswer.Appended appended
        && step.request() instanceof LogRequest.Append append) {
      for (int i = 0; i < waiting.size(); i++) {
        Draft draft = append.drafts().get(i);
        waiting.get(i).reply().answered(ownOrDuplicate(draft, appended.outcomes().get(i)));
      }
    } else {
      waiting.forEach(Work.Append::unavailable);
    }
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
      appended(append, appended);
    } else {
      audience.lost(step.request().session());
    }
  }

  /// What was stored now is delivered. What an earlier try of this batch stored may have been read
  /// since, and nothing tells which entry is before it: streams are told that it is there.
  private void appended(LogRequest.Append append, LogAnswer.Appended appended) {
    List<LogEntry> fresh = new ArrayList<>(append.drafts().size());
    long storedBefore = 0;
    boolean open = true;
    for (int i = 0; i < append.drafts().size(); i++) {
      Draft draft = append.drafts().get(i);
      switch (appended.outcomes().get(i)) {
        case AppendOutcome.Stored stored -> fresh.add(draft.at(stored.position().offset()));
        case AppendOutcome.Duplicate duplicate -> {
          if (ownOrDuplicate(draft, duplicate) instanceof AppendOutcome.Stored stored) {
            storedBefore = stored.position().offset();
          }
        }
        case AppendOutcome.OutOfOrder _,
            AppendOutcome.ContentDiffers _,
            AppendOutcome.StaleAttachment _ -> {}
        case AppendOutcome.NotOpen _ -> open = false;
      }
    }
    if (!open) {
      lookForClosing(append.session());
    }
    if (storedBefore > 0) {
      audience.reaches(append.session(), storedBefore);
    }
    if (!fresh.isEmpty()) {
      metrics.stored(fresh.size());
      audience.committed(append.session(), appended.epoch(), appended.previousCheck(), fresh);
    }
  }

  /// Whoever still speaks has not heard of the end, perhaps, and the others have not either.
  private void lookForClosing(SessionId session) {
    inbox.add(
        new Work.Request(new LogRequest.Look(session), new ClosingHandler(audience, session)));
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

  /// @param appends what waits for an append; empty for another request
  private record Step(LogRequest request, List<Work.Append> appends, Work.@Nullable Request work) {}
}
