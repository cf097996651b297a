package parley.match.redis;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.match.core.AiStanding;
import parley.match.core.AiWelcome;
import parley.match.core.Companion;

/// What the end of a line-up says of AI peers; the layout stands in `ticket_record.lua`. Line-ups
/// of older nodes say nothing.
///
/// @param calmUntil microseconds of Redis' clock, 0 if it is not calm
record AiText(AiWelcome welcome, long calmUntil, @Nullable Companion companion) {
  private static final Pattern END = Pattern.compile("\\|([NIM])\\d\\|(\\d*)\\|([^|]*)$");
  private static final int SESSION = 22;

  static AiText read(String lineup) {
    Matcher end = END.matcher(lineup);
    return end.find()
        ? new AiText(
            welcome(end.group(1)),
            end.group(2).isEmpty() ? 0 : Long.parseLong(end.group(2)),
            companion(end.group(3)))
        : new AiText(AiWelcome.NEVER, 0, null);
  }

  /// Of a ticket that enters the line.
  static String write(AiStanding ai) {
    Companion companion = ai.companion();
    String beside = companion == null ? "" : companion.session().text() + companion.node().text();
    return "|" + letter(ai.welcome()) + "0||" + beside;
  }

  AiStanding standing(long now) {
    Duration calm = calmUntil > now ? Duration.ofNanos((calmUntil - now) * 1000) : null;
    return new AiStanding(welcome, calm, companion);
  }

  static String letter(AiWelcome welcome) {
    return switch (welcome) {
      case NEVER -> "N";
      case INSTEAD -> "I";
      case MEANWHILE -> "M";
    };
  }

  static AiWelcome welcome(String letter) {
    return switch (letter) {
      case "N" -> AiWelcome.NEVER;
      case "I" -> AiWelcome.INSTEAD;
      case "M" -> AiWelcome.MEANWHILE;
      default -> throw new IllegalStateException("wish is '" + letter + "', expected NIM");
    };
  }

  private static @Nullable Companion companion(String text) {
    return text.isEmpty()
        ? null
        : new Companion(
            new SessionId(text.substring(0, SESSION)), new NodeId(text.substring(SESSION)));
  }
}
