package parley.identity.core;

import java.time.Duration;

/// What an operator decides about guests.
///
/// @param terms the version of the terms that a guest must have accepted
/// @param termsAt where they can be read, a URL or a path on the same server; perhaps empty
/// @param deviceRequired whether a guest must prove a device key
/// @param nonceLife how long a challenge's nonce is good
/// @param ageRefusalKept how long a device that said it is too young is refused whatever it says
///   then
public record GuestRules(
    String terms,
    String termsAt,
    boolean deviceRequired,
    WorkRule work,
    Duration nonceLife,
    Duration ageRefusalKept) {}
