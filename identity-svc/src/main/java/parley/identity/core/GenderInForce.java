package parley.identity.core;

import java.time.Duration;
import parley.domain.Gender;

/// The gender that counts for a device now.
///
/// @param changesIn how long until it may change; zero if it may now
public record GenderInForce(Gender gender, Duration changesIn) {}
