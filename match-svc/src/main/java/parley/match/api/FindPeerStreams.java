package parley.match.api;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import parley.domain.Principal;
import parley.match.core.TicketHold;
import parley.platform.grpc.Failures;
import parley.platform.grpc.Unauthenticated;
import parley.proto.match.v1.FindPeerResponse;

/// The open calls of FindPeer: never more than a fixed number, and ended when their tokens are
/// revoked.
public final class FindPeerStreams {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final EventMapper mapper;
  private final Executor tasks;
  private final Semaphore free;
  private final Set<FindPeerStream> open = ConcurrentHashMap.newKeySet();

  /// @param tasks runs what may block
  public FindPeerStreams(EventMapper mapper, Executor tasks, int limit) {
    this.mapper = mapper;
    this.tasks = tasks;
    this.free = new Semaphore(limit);
  }

  /// Opens a stream and has it opened by `opening`, which may block.
  ///
  /// @throws io.grpc.StatusRuntimeException as [Failures#exhausted] makes it
  void open(
      ServerCallStreamObserver<FindPeerResponse> caller,
      Principal principal,
      Function<FindPeerStream, TicketHold> opening) {
    if (!free.tryAcquire()) {
      throw Failures.exhausted("concurrent_tickets", RETRY_AFTER);
    }
    FindPeerStream[] self = new FindPeerStream[1];
    FindPeerStream stream = new FindPeerStream(caller, principal, mapper, () -> closed(self[0]));
    self[0] = stream;
    open.add(stream);
    caller.setOnCancelHandler(stream::cancelled);
    tasks.execute(() -> run(stream, opening));
  }

  /// Ends every stream of a principal whose tokens count no more.
  public void revoke(Predicate<Principal> revoked) {
    open.stream()
        .filter(stream -> revoked.test(stream.principal()))
        .forEach(stream -> stream.fail(Failures.unauthenticated(Unauthenticated.REVOKED)));
  }

  /// How many are open.
  public int size() {
    return open.size();
  }

  private void closed(FindPeerStream stream) {
    if (open.remove(stream)) {
      free.release();
    }
  }

  /// The root of a virtual thread: what is thrown goes to the caller, through the error boundary.
  private static void run(FindPeerStream stream, Function<FindPeerStream, TicketHold> opening) {
    try {
      stream.holds(opening.apply(stream));
    } catch (Throwable thrown) {
      stream.fail(EndingFailures.of(thrown));
    }
  }
}
