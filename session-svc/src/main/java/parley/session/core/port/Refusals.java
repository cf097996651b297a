package parley.session.core.port;

import parley.domain.Cohort;
import parley.relay.Who;

/// Tells match-svc who must not be paired again. Blocks, for a bounded time.
public interface Refusals {
  /// True once both sides are written there; false: unknown, may be repeated.
  boolean refuse(Cohort cohort, Who by, Who whom);
}
