package parley.identity.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import parley.identity.core.RenewOutcome;

/// The names of this service's metrics.
final class IdentityMeters {
  private final MeterRegistry meters;

  IdentityMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  void guestMade() {
    meters.counter("parley.identity.guest.made").increment();
  }

  /// @param reason a case of `GuestRefused`, or `signature_wrong`
  void guestRefused(String reason) {
    meters.counter("parley.identity.guest.refused", "reason", reason).increment();
  }

  void tokenRenewed() {
    meters.counter("parley.identity.token.renewed").increment();
  }

  void tokenRefused(RenewOutcome.Why why) {
    meters
        .counter("parley.identity.token.refused", "reason", why.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  void aiTokenIssued() {
    meters.counter("parley.identity.ai.token.issued").increment();
  }

  void tokenRevoked() {
    meters.counter("parley.identity.token.revoked").increment();
  }

  void banned(String subject) {
    meters.counter("parley.identity.ban.made", "subject", subject).increment();
  }
}
