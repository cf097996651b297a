package parley.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.NotQueued;
import parley.platform.redis.RedisRefusal;
import parley.platform.redis.RedisUnknown;

class UnaryCallsTest {
  private final UnaryCalls calls = new UnaryCalls(1, NodeContext.of(new NodeId("calls-test")));

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void aCallMayBlockAndItsValueReachesTheCaller() {
    Caller caller = new Caller();

    calls.answer(caller, () -> Thread.currentThread().isVirtual() ? "virtual" : "platform");

    assertThat(caller.answer.join()).isEqualTo("virtual");
  }

  @Test
  void oneCallTooManyIsRefusedAndThePermitComesBack() {
    CountDownLatch held = new CountDownLatch(1);
    Caller first = new Caller();
    calls.answer(
        first,
        () -> {
          awaitQuietly(held);
          return "first";
        });

    assertThatThrownBy(() -> calls.answer(new Caller(), () -> "second"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));

    held.countDown();
    first.completed.join();
    Caller third = new Caller();
    await("the permit comes back")
        .ignoreExceptions()
        .until(
            () -> {
              calls.answer(third, () -> "third");
              return true;
            });
    assertThat(third.answer.join()).isEqualTo("third");
  }

  @Test
  void whatRedisCannotDoNowIsNoFaultOfOurs() {
    assertThat(endingAfter(new RedisUnknown("away", new IOException("broken"))))
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(endingAfter(new RedisRefusal("OOM", new IOException("OOM"))))
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(endingAfter(new NotQueued("full"))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  private Status.Code endingAfter(RuntimeException thrown) {
    try (UnaryCalls one = new UnaryCalls(1, NodeContext.of(new NodeId("calls-test")))) {
      Caller caller = new Caller();
      one.answer(
          caller,
          () -> {
            throw thrown;
          });
      return Status.fromThrowable(caller.answer.handle((_, why) -> why).join()).getCode();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Caller implements StreamObserver<String> {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> completed = new CompletableFuture<>();

    @Override
    public void onNext(String value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable thrown) {
      answer.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
      completed.complete(null);
    }
  }
}
