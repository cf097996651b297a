package parley.envoy.door;

import static parley.envoy.door.Typed.duration;
import static parley.envoy.door.Typed.number;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import java.time.Duration;

/// Calls from one client address (of IPv6, from one /64), counted by this Envoy alone: the first
/// and cheapest refusal, before any token is looked at.
final class AddressLimits {
  private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
  private static final int ADDRESSES_KEPT = 10_000;

  /// Bits of an IPv6 address that tell one household from another: the rest is theirs to choose.
  private static final int HOUSEHOLD = 64;

  /// Envoy wants one for calls that no descriptor fits; every call has an address, so it never
  /// refuses.
  private static final int NEVER_EMPTY = 1_000_000;

  private AddressLimits() {}

  static LocalRateLimit filter(DoorRules.AddressLimit limit) {
    return LocalRateLimit.newBuilder()
        .setStatPrefix("address")
        .setTokenBucket(bucket(NEVER_EMPTY, NEVER_EMPTY))
        .setFilterEnabled(always())
        .setFilterEnforced(always())
        .setMaxDynamicDescriptors(number(ADDRESSES_KEPT))
        .addRateLimits(
            RateLimit.newBuilder()
                .addActions(
                    RateLimit.Action.newBuilder()
                        .setMaskedRemoteAddress(
                            RateLimit.Action.MaskedRemoteAddress.newBuilder()
                                .setV4PrefixMaskLen(number(32))
                                .setV6PrefixMaskLen(number(HOUSEHOLD)))))
        .addDescriptors(
            LocalRateLimitDescriptor.newBuilder()
                .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey("masked_remote_address"))
                .setTokenBucket(bucket(limit.burst(), limit.perSecond())))
        .setRateLimitedAsResourceExhausted(true)
        .addResponseHeadersToAdd(
            HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey("retry-after").setValue("1"))
                .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
        .build();
  }

  private static TokenBucket bucket(int burst, int perSecond) {
    return TokenBucket.newBuilder()
        .setMaxTokens(burst)
        .setTokensPerFill(number(perSecond))
        .setFillInterval(duration(EVERY_SECOND))
        .build();
  }

  private static RuntimeFractionalPercent always() {
    return RuntimeFractionalPercent.newBuilder()
        .setDefaultValue(
            FractionalPercent.newBuilder()
                .setNumerator(100)
                .setDenominator(FractionalPercent.DenominatorType.HUNDRED))
        .build();
  }
}
