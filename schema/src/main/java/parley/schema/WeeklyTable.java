package parley.schema;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A table that is divided by weeks, each from Monday to Sunday by UTC.
enum WeeklyTable {
  SESSIONS,
  MEMBERS,
  REPORTS,
  EVIDENCE;

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /// As `session.sessions`.
  String table() {
    return "session." + name().toLowerCase(Locale.ROOT);
  }

  /// As `session.sessions_20261116` for the week that begins on that Monday.
  String part(LocalDate monday) {
    return table() + "_" + DAY.format(monday);
  }

  /// The Monday that a part's name (without its schema) ends with.
  static LocalDate monday(String part) {
    return LocalDate.parse(part.substring(part.lastIndexOf('_') + 1), DAY);
  }
}
