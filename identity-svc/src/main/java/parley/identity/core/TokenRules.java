package parley.identity.core;

import java.time.Duration;

/// How long tokens count.
///
/// @param refreshIdle a family that is not refreshed for so long is over
/// @param genderKept how long a changed gender stays before it may change again
public record TokenRules(Duration accessLife, Duration refreshIdle, Duration genderKept) {}
