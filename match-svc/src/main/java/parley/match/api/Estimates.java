package parley.match.api;

import parley.match.core.WaitEstimate;
import parley.platform.grpc.ProtoTimes;
import parley.proto.match.v1.EstimateWaitResponse;
import parley.proto.match.v1.WaitWithout;

/// Estimates as they are told.
final class Estimates {
  private Estimates() {}

  static EstimateWaitResponse response(WaitEstimate estimate) {
    parley.proto.match.v1.WaitEstimate.Builder told =
        parley.proto.match.v1.WaitEstimate.newBuilder();
    WaitWithout now = without(estimate.now());
    if (now.hasTypical()) {
      told.setTypical(now.getTypical());
    }
    if (now.hasPeopleWaiting()) {
      told.setPeopleWaiting(now.getPeopleWaiting());
    }
    if (estimate.anyone() != null) {
      told.setWithoutSeeking(without(estimate.anyone()));
    }
    if (estimate.untagged() != null) {
      told.setWithoutTags(without(estimate.untagged()));
    }
    if (estimate.speechless() != null) {
      told.setWithoutLanguages(without(estimate.speechless()));
    }
    return EstimateWaitResponse.newBuilder().setEstimate(told).build();
  }

  private static WaitWithout without(WaitEstimate.Wait wait) {
    WaitWithout.Builder told = WaitWithout.newBuilder();
    if (wait.typical() != null) {
      told.setTypical(ProtoTimes.write(wait.typical()));
    }
    if (wait.shownWaiting() > 0) {
      told.setPeopleWaiting(wait.shownWaiting());
    }
    return told.build();
  }
}
