package parley.relay;

import java.time.Duration;

/// How watched sessions are looked after. Durations are measured by the store's clock.
///
/// @param lostAfter how long a member may be away
/// @param silentAfter how long nothing may be heard of an attachment until it counts as nobody's,
///   though its node lives; longer than between signs of life that are kept
/// @param maxAge of a session
/// @param pause when nobody could look for so long, the store, or everybody, stood still: then it
///   is `calm`
/// @param calm how long nobody is marked away or found missing after a pause: long enough for every
///   lease to be renewed twice
/// @param lease how long a bucket stays with the node that looked at it last
/// @param sessions looked at in one go
public record WatchRule(
    Duration lostAfter,
    Duration silentAfter,
    Duration maxAge,
    Duration pause,
    Duration calm,
    Duration lease,
    int sessions) {}
