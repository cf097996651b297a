package parley.identity.core;

import org.jspecify.annotations.Nullable;
import parley.domain.Gender;

/// What somebody says who wants to be a guest.
///
/// @param device absent if none is claimed
/// @param answer absent if no challenge is answered
public record GuestWish(
    int birthYear,
    String acceptedTerms,
    Gender gender,
    @Nullable ClaimedDevice device,
    @Nullable ChallengeAnswer answer) {

  /// A key, and a signature over the answered challenge's nonce; empty if only a challenge is
  /// wanted.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record ClaimedDevice(DeviceKey key, byte[] signature) {}

  /// A challenge's nonce as it was given, and the counter that the work found.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record ChallengeAnswer(byte[] nonce, long counter) {}
}
