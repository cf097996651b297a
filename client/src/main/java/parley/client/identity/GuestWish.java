package parley.client.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.proto.domain.v1.Gender;

/// What a person says of themselves to become a guest. Kept by the client: when a guest is over,
/// the next one is made from it.
///
/// @param birthYear for example 1990
/// @param gender GENDER_UNSPECIFIED says nothing
/// @param terms asked when the server names the terms in force
/// @param device null to go without a device key; a server that wants one then refuses
public record GuestWish(
    int birthYear, Gender gender, TermsQuestion terms, @Nullable DeviceKey device) {
  Optional<DeviceKey> deviceKey() {
    return Optional.ofNullable(device);
  }

  /// Whether the person accepts the terms. May block while they read.
  @FunctionalInterface
  public interface TermsQuestion {
    boolean accept(Terms terms);
  }

  /// What a server asks its guests to accept.
  ///
  /// @param readAt a URL, or a path on the server; empty if the server does not say
  public record Terms(String version, String readAt) {}
}
