package parley.schema;

import java.time.Duration;
import parley.platform.config.Settings;

/// How long what lasts is kept, and how many weeks ahead there is room for it.
///
/// Tables are divided by weeks, and weeks are dropped whole: a row goes at most seven days later
/// than is said here.
///
/// @param sessions who talked with whom and when
/// @param reports reports and their evidence
public record Keeping(Duration sessions, Duration reports, int weeksAhead) {
  public static final Keeping DEFAULTS = new Keeping(Duration.ofDays(90), Duration.ofDays(365), 4);

  /// `keep.sessions` (2160h, 90 days), `keep.reports` (8760h, a year), `keep.weeks-ahead` (4).
  public static Keeping read(Settings settings) {
    Duration tenYears = Duration.ofDays(3_650);
    return new Keeping(
        settings.duration("keep.sessions", Duration.ZERO, tenYears, DEFAULTS.sessions),
        settings.duration("keep.reports", Duration.ZERO, tenYears, DEFAULTS.reports),
        settings.integer("keep.weeks-ahead", 1, 52, DEFAULTS.weeksAhead));
  }

  /// How long the rows of this table are kept.
  Duration of(WeeklyTable table) {
    return switch (table) {
      case SESSIONS, MEMBERS -> sessions;
      case REPORTS, EVIDENCE -> reports;
    };
  }
}
