package parley.client.call;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Runs unary calls, each try with a deadline, and tries again while that may help. Blocks; every
/// unary call of the contract may be repeated.
public final class UnaryCalls {
  private final Door door;

  public UnaryCalls(Door door) {
    this.door = door;
  }

  /// The stub with the deadline of one try, counted from now.
  public <S extends AbstractBlockingStub<S>> S bounded(S stub) {
    return stub.withDeadlineAfter(door.times().unaryDeadline().toNanos(), TimeUnit.NANOSECONDS);
  }

  /// @throws CallRefused if trying again does not help, or did not help in time
  public <R> R run(Supplier<R> call) {
    Backoff backoff = door.backoff();
    long firstFailed = 0;
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException ending) {
        firstFailed = backoff.tries() == 0 ? System.nanoTime() : firstFailed;
        pause(backoff, firstFailed, ending);
      }
    }
  }

  private void pause(Backoff backoff, long firstFailed, StatusRuntimeException ending) {
    Advice advice = Advice.of(ending.getStatus(), ending.getTrailers());
    Duration pause =
        switch (advice) {
          case Advice.Retry() -> backoff.next();
          case Advice.Wait(Duration told) -> told.plus(backoff.next());
          case Advice.Refresh(), Advice.NewGuest(), Advice.Stop() ->
              throw new CallRefused(advice, ending.getStatus(), ending);
        };
    Duration spent = Duration.ofNanos(System.nanoTime() - firstFailed).plus(pause);
    if (spent.compareTo(door.times().callGivesUpAfter()) > 0) {
      throw new CallRefused(advice, ending.getStatus(), ending);
    }
    try {
      Thread.sleep(pause); // whoever calls waits for the answer anyway, and may interrupt
      door.hurry().run();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new CallRefused(new Advice.Stop(), Status.CANCELLED, closing);
    }
  }
}
