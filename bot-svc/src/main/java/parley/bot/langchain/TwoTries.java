package parley.bot.langchain;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.bot.core.Fault;
import parley.bot.core.Prompt;
import parley.bot.core.Reply;
import parley.bot.core.port.Talker;

/// One answer, tried twice at most: again only if nothing of it was told yet, so that nobody reads
/// the same twice.
final class TwoTries implements Talker.Utterance {
  private static final int TRIES = 2;

  /// It answered, if badly: not what the breaker is for.
  private static final Set<Fault> ANSWERED =
      EnumSet.of(Fault.EMPTY, Fault.ENDLESS, Fault.REPEATS, Fault.OTHER_LANGUAGE);

  private final OpenAiTalkers shared;
  private final CircuitBreaker breaker;
  private final Prompt prompt;
  private final Talker.Listener listener;
  private final ChatWindow.View view;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Attempt current;
  private boolean cancelled;
  private int tries;
  private final AtomicInteger spent = new AtomicInteger();

  TwoTries(OpenAiTalkers shared, Prompt prompt, Talker.Listener listener) {
    this.shared = shared;
    this.breaker = shared.breaker();
    this.prompt = prompt;
    this.listener = listener;
    this.view = shared.window().of(prompt);
  }

  void start() {
    if (!breaker.tryAcquirePermission()) {
      shared.journal().fault(Fault.LEFT_ALONE);
      listener.failed(Fault.LEFT_ALONE, spent.get());
      return;
    }
    Attempt attempt =
        new Attempt(
            shared.endpoint().line(),
            shared.rules().times(),
            shared.timers(),
            new Reply(shared.rules().reply(), prompt),
            new Ending(System.nanoTime()));
    if (begun(attempt)) {
      attempt.start(view.messages());
    } else {
      var _ = attempt.cancel();
      breaker.releasePermission();
    }
  }

  @Override
  public int cancel() {
    Attempt going;
    lock.lock();
    try {
      cancelled = true;
      going = current;
    } finally {
      lock.unlock();
    }
    if (going == null) {
      return 0;
    }
    if (going.cancel()) {
      breaker.releasePermission();
      return spent.get() + view.tokens() + going.pieces();
    }
    return spent.get();
  }

  private boolean begun(Attempt attempt) {
    lock.lock();
    try {
      tries++;
      current = attempt;
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  /// Told by one attempt at a time, on its threads.
  private final class Ending implements Attempt.End {
    private final long began;

    private Ending(long began) {
      this.began = began;
    }

    @Override
    public void sentence(String text) {
      listener.sentence(text);
    }

    @Override
    public void done(int answerTokens) {
      breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
      listener.done(spent.get() + view.tokens() + answerTokens);
    }

    @Override
    public void failed(Fault fault) {
      Attempt failed = current;
      int pieces = failed == null ? 0 : failed.pieces();
      shared.journal().fault(fault);
      spent.addAndGet(view.tokens() + pieces);
      long took = System.nanoTime() - began;
      if (ANSWERED.contains(fault)) {
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      } else {
        breaker.onError(took, TimeUnit.NANOSECONDS, new StreamFault(fault, fault.name()));
      }
      boolean nothingTold = failed == null || failed.delivered() == 0;
      if (tries < TRIES && nothingTold && fault.mayPass()) {
        start();
      } else {
        listener.failed(fault, spent.get());
      }
    }
  }
}
