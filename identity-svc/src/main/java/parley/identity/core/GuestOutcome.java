package parley.identity.core;

import java.time.Duration;
import parley.domain.Principal;

/// How the wish to be a guest ends.
public sealed interface GuestOutcome {
  /// @param gender the one in force, and when it may change
  record Made(Principal who, Tokens tokens, GenderInForce gender) implements GuestOutcome {}

  record UnderAge(int minimumAge) implements GuestOutcome {}

  record TermsOutdated(String current, String readAt) implements GuestOutcome {}

  /// Work, a signature or both are asked for, over this nonce.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Challenged(byte[] nonce, int workBits, boolean deviceRequired) implements GuestOutcome {}

  record Banned(Duration endsIn) implements GuestOutcome {}

  /// The device's signature is not one over the nonce: a fault of the client.
  record SignatureWrong() implements GuestOutcome {}
}
