package parley.session.clients;

import parley.domain.Cohort;

/// Domain words as match-svc's calls say them.
final class MatchWords {
  private MatchWords() {}

  static parley.proto.domain.v1.Cohort cohort(Cohort cohort) {
    return switch (cohort) {
      case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
      case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
      case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
    };
  }
}
