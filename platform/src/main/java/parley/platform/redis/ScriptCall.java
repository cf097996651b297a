package parley.platform.redis;

import java.util.List;

/// One call of one script. All keys carry one hash tag. The arrays are handed over, not copied.
public record ScriptCall(LuaScript script, List<byte[]> keys, List<byte[]> args) {
  public ScriptCall {
    keys = List.copyOf(keys);
    args = List.copyOf(args);
  }
}
