package parley.bot.core;

import java.time.Duration;

/// @param most how many conversations one node holds at once, places that are kept among them
/// @param heldFor how long a place is kept for an invitation
public record PlaceRules(int most, Duration heldFor) {}
