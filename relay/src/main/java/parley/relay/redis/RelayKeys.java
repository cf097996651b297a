package parley.relay.redis;

import java.nio.charset.StandardCharsets;
import parley.domain.SessionId;

/// The relay's keys. All keys of one session carry one hash tag, `{s00}` to `{sff}`, its bucket:
/// fixed for ever, because it decides which primary holds them.
public final class RelayKeys {
  private final String prefix;

  /// @param prefix what every key of this installation starts with; no braces
  public RelayKeys(String prefix) {
    this.prefix = prefix;
  }

  /// Packed state, read and written by every append: see `log_open.lua`.
  public byte[] state(SessionId session) {
    return key(session, "h:");
  }

  /// What appends never touch: `n<member>` the node it attached at last, `by` and `why` of the
  /// close.
  public byte[] facts(SessionId session) {
    return key(session, "m:");
  }

  /// A stream with ids `<offset>-<check>` and one field, `e`: see `log_append.lua`.
  public byte[] log(SessionId session) {
    return key(session, "log:");
  }

  private byte[] key(SessionId session, String noun) {
    return (prefix + "{s" + session.bucket() + "}" + noun + session.text())
        .getBytes(StandardCharsets.UTF_8);
  }
}
