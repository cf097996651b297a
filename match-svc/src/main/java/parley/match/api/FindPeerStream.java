package parley.match.api;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.domain.Principal;
import parley.match.core.TicketEvent;
import parley.match.core.TicketHold;
import parley.match.core.TicketStream;
import parley.platform.grpc.Failures;
import parley.proto.match.v1.FindPeerResponse;

/// One call of FindPeer: opening → holding → over. Events come from the ticket's owner, the end
/// also from the caller, from a revocation or a fault; each is serialised.
///
/// A caller that does not read misses waiting updates, nothing else: the others are few, because
/// each proposal needs an answer.
final class FindPeerStream implements TicketStream {
  private final ServerCallStreamObserver<FindPeerResponse> caller;
  private final Principal principal;
  private final EventMapper mapper;
  private final Runnable onOver;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable TicketHold hold;
  private boolean over;

  /// @param onOver called once, at the end, whatever it is
  FindPeerStream(
      ServerCallStreamObserver<FindPeerResponse> caller,
      Principal principal,
      EventMapper mapper,
      Runnable onOver) {
    this.caller = caller;
    this.principal = principal;
    this.mapper = mapper;
    this.onOver = onOver;
  }

  Principal principal() {
    return principal;
  }

  @Override
  public void tell(TicketEvent event) {
    lock.lock();
    try {
      if (over) {
        return;
      }
      switch (event) {
        case TicketEvent.Resume _ -> fail(Failures.unavailable());
        case TicketEvent.Ending ending -> {
          caller.onNext(mapper.map(ending));
          caller.onCompleted();
          end();
        }
        case TicketEvent.Waiting waiting -> {
          if (caller.isReady()) {
            caller.onNext(mapper.map(waiting));
          }
        }
        case TicketEvent.Accepted accepted -> caller.onNext(mapper.map(accepted));
        case TicketEvent.Proposed asked -> caller.onNext(mapper.map(asked));
        case TicketEvent.PeerAsked asked -> caller.onNext(mapper.map(asked));
        case TicketEvent.Withdrawn _ -> {} // A stream sees that it waits again.
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isGone() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  /// The owner has answered: from now on the end of the stream lets the ticket go.
  void holds(TicketHold given) {
    lock.lock();
    try {
      hold = given;
      if (over) {
        given.letGo();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The caller is gone.
  void cancelled() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the call with a failure; the ticket is parked.
  void fail(Throwable why) {
    lock.lock();
    try {
      if (!over) {
        end();
        caller.onError(why);
      }
    } catch (StatusRuntimeException | IllegalStateException gone) {
      // The caller went away meanwhile: nobody is left to be told.
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    if (hold != null) {
      hold.letGo();
    }
    onOver.run();
  }
}
