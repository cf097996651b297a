package parley.chat;

import java.util.Locale;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.Level;
import parley.proto.session.v1.Presence;

/// Enum constants as scripts read them.
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String of(Level level) {
    return without("LEVEL_", level);
  }

  static String of(MemberKind kind) {
    return without("MEMBER_KIND_", kind);
  }

  static String of(Presence presence) {
    return without("PRESENCE_", presence);
  }

  static String of(parley.proto.session.v1.Reset.Reason reason) {
    return without("REASON_", reason);
  }

  private static String without(String prefix, Enum<?> constant) {
    String name = constant.name();
    return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
        .toLowerCase(Locale.ROOT);
  }
}
