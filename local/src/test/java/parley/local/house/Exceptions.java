package parley.local.house;

import java.util.Map;

/// The one list of exceptions from the house rules: what, and why it may. Keys are file names
/// (`Thing.java`), methods (`Thing.method`) or class names.
final class Exceptions {
  private static final Map<String, String> REASONS = Map.of();

  private Exceptions() {}

  static boolean allow(String what) {
    return REASONS.containsKey(what);
  }

  static Map<String, String> all() {
    return REASONS;
  }
}
