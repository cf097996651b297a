package parley.match.core;

import java.time.Duration;

/// A ticket in line. `attachment` numbers the streams that took it up, so that a late word about an
/// older one is recognised; `waited` is measured by Redis' clock.
public record Standing(Rank rank, int attachment, Duration waited) {}
