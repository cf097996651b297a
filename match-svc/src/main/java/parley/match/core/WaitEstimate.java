package parley.match.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What waiting would be like with some wishes, and what each of them costs.
///
/// @param now with all of them
/// @param anyone without the genders sought; absent if none was
/// @param untagged without tags; absent if there were none
/// @param speechless without languages; absent if there were none
public record WaitEstimate(
    Wait now, @Nullable Wait anyone, @Nullable Wait untagged, @Nullable Wait speechless) {
  /// @param typical absent if too few were matched lately
  /// @param shownWaiting how many wait whose hard wishes fit; 0 if hidden
  public record Wait(@Nullable Duration typical, int shownWaiting) {}
}
