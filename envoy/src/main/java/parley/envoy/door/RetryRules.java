package parley.envoy.door;

import static parley.envoy.door.Typed.number;

import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;

/// A call that no node has seen is tried on another: else the members of a node that died would be
/// sent to it again until the door knows. A call that a node may have begun is not: what happened
/// to it is for the client to find out. A stream's first frames are kept for that until it is
/// answered, up to the connection's buffer.
final class RetryRules {
  private RetryRules() {}

  static RetryPolicy unseen() {
    return RetryPolicy.newBuilder()
        .setRetryOn("connect-failure,refused-stream")
        .setNumRetries(number(2))
        .setHostSelectionRetryMaxAttempts(3)
        .addRetryHostPredicate(
            RetryPolicy.RetryHostPredicate.newBuilder()
                .setName("envoy.retry_host_predicates.previous_hosts")
                .setTypedConfig(Typed.any(PreviousHostsPredicate.getDefaultInstance())))
        .build();
  }
}
