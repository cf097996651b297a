package parley.match.api;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.match.core.Settlement;
import parley.match.core.Settling;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.match.v1.NoSuchMatch;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettleResponse;
import parley.proto.match.v1.Settled;
import parley.proto.match.v1.SettlementServiceGrpc.SettlementServiceImplBase;

/// What session-svc tells, on the mesh port: what became of a match.
public final class SettlementEndpoint extends SettlementServiceImplBase {
  private final Settling settling;
  private final UnaryCalls calls;

  public SettlementEndpoint(Settling settling, UnaryCalls calls) {
    this.settling = settling;
    this.calls = calls;
  }

  @Override
  public void settle(SettleRequest request, StreamObserver<SettleResponse> caller) {
    SessionId session = session(request.getSessionId());
    Set<Integer> entered = Set.copyOf(request.getEnteredList());
    List<Cohort> where = MatchWords.cohorts(request.getCohort());
    calls.answer(
        caller,
        () -> EndingFailures.calling(() -> answer(settling.settle(where, session, entered))));
  }

  private static SettleResponse answer(Settlement settlement) {
    SettleResponse.Builder response = SettleResponse.newBuilder();
    return switch (settlement) {
      case Settlement.Met _, Settlement.PeerNeverCame _, Settlement.NobodyCame _ ->
          response.setSettled(Settled.getDefaultInstance()).build();
      case Settlement.NoMatch _ ->
          response.setNoSuchMatch(NoSuchMatch.getDefaultInstance()).build();
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
