package parley.envoy.door;

import static parley.envoy.door.Typed.number;

import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;

/// A unary call that no node has seen is tried on another. A call that a node may have begun is
/// not: what happened to it is for the client to find out.
final class RetryRules {
  private RetryRules() {}

  static RetryPolicy unary() {
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
