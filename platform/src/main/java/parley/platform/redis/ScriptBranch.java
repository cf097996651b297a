package parley.platform.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.lifecycle.NodeContext;

/// One primary's share of a [ScriptQueue]: a thread with one batch in flight.
final class ScriptBranch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptBranch.class);
  private static final int LARGEST_BATCH = 256;
  private static final int LONGEST_QUEUE = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final ScriptCommits commits;
  private final Thread thread;
  private volatile long incarnation;
  private boolean closed;

  private ScriptBranch(ScriptCommits commits, String name) {
    this.commits = commits;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  /// Connects and starts the branch's thread.
  ///
  /// @param name what its figures and log lines are told by
  /// @throws RedisUnknown if its primary does not answer
  static ScriptBranch open(
      RedisConfig config, Primaries primaries, String name, NodeContext context) {
    ScriptCommits commits = ScriptCommits.open(config, primaries, name, context);
    return new ScriptBranch(commits, context.id() + "-" + name);
  }

  /// As [ScriptCommits#incarnation], of the batch that was answered last.
  long incarnation() {
    return incarnation;
  }

  /// Takes the call; the reply comes later, in the order of submission.
  void submit(ScriptCall call, ScriptReply reply) {
    if (!enqueue(new Waiting(call, reply))) {
      reply.failed(new NotQueued("script queue is closed or full, the call did not run"));
    }
  }

  /// Fails what waits and ends the thread.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    commits.close();
    joinThread();
  }

  private boolean enqueue(Waiting call) {
    lock.lock();
    try {
      if (closed || waiting.size() >= LONGEST_QUEUE) {
        return false;
      }
      waiting.add(call);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    try {
      for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
        runBatch(batch);
      }
    } catch (Throwable fatal) {
      // Not even those who wait could be told: nothing is taken any more.
      LOG.atError().setCause(fatal).log("script queue has ended");
    } finally {
      failRest();
    }
  }

  private List<Waiting> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Waiting> batch = new ArrayList<>();
      while (!closed && batch.size() < LARGEST_BATCH && !waiting.isEmpty()) {
        batch.add(waiting.poll());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void runBatch(List<Waiting> batch) {
    try {
      List<Object> replies = commits.run(batch.stream().map(Waiting::call).toList());
      incarnation = commits.incarnation();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).tell(replies.get(i));
      }
    } catch (RuntimeException lost) {
      batch.forEach(one -> one.fail(lost));
    } catch (Throwable fault) {
      LOG.atError().setCause(fault).log("script queue failed");
      var unknown = new IllegalStateException("script queue failed", fault);
      batch.forEach(one -> one.fail(unknown));
    }
  }

  private void failRest() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(one -> one.fail(new NotQueued("script queue is closed")));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  private void joinThread() {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record Waiting(ScriptCall call, ScriptReply reply) {
    /// A caller's fault must not end the loop.
    void tell(@Nullable Object answer) {
      try {
        if (answer instanceof RedisRefusal refusal) {
          reply.failed(refusal);
        } else {
          reply.answered(answer);
        }
      } catch (Throwable fault) {
        LOG.atError()
            .setCause(fault)
            .addKeyValue("script", call.script().name())
            .log("reply handler failed");
      }
    }

    void fail(RuntimeException why) {
      try {
        reply.failed(why);
      } catch (Throwable fault) {
        LOG.atError()
            .setCause(fault)
            .addKeyValue("script", call.script().name())
            .log("reply handler failed");
      }
    }
  }
}
