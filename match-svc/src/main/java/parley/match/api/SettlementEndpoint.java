package parley.match.api;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.match.core.port.TicketPool;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.match.v1.NoSuchMatch;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettleResponse;
import parley.proto.match.v1.Settled;
import parley.proto.match.v1.SettlementServiceGrpc.SettlementServiceImplBase;

/// What session-svc tells, on the mesh port: what became of a match.
public final class SettlementEndpoint extends SettlementServiceImplBase {
  private final TicketPool pool;
  private final UnaryCalls calls;

  public SettlementEndpoint(TicketPool pool, UnaryCalls calls) {
    this.pool = pool;
    this.calls = calls;
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleResponse> caller) {
    SessionId session = session(request.getSessionId());
    Set<Integer> entered = Set.copyOf(request.getEnteredList());
    List<Cohort> where = cohorts(request.getCohort());
    calls.answer(
        caller,
        () ->
            EndingFailures.calling(
                () ->
                    answer(
                        where.stream().anyMatch(cohort -> pool.settle(cohort, session, entered)))));
  }

  private static SettleResponse answer(boolean known) {
    return known
        ? SettleResponse.newBuilder().setSettled(Settled.getDefaultInstance()).build()
        : SettleResponse.newBuilder().setNoSuchMatch(NoSuchMatch.getDefaultInstance()).build();
  }

  private static List<Cohort> cohorts(parley.proto.domain.v1.Cohort cohort) {
    return switch (cohort) {
      case COHORT_13_15 -> List.of(Cohort.FROM_13);
      case COHORT_16_17 -> List.of(Cohort.FROM_16);
      case COHORT_ADULT -> List.of(Cohort.ADULT);
      case COHORT_UNSPECIFIED, UNRECOGNIZED -> List.of(Cohort.values());
    };
  }

  private static SessionId session(String text) {
    try {
      return new SessionId(text);
    } catch (IllegalArgumentException wrong) {
      throw Failures.invalid("session_id", String.valueOf(wrong.getMessage()), "a session id");
    }
  }
}
