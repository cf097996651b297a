package parley.match.redis;

import parley.platform.redis.LuaScript;

/// The scripts, one file each; all begin with `ticket_record.lua`.
final class MatchScripts {
  static final LuaScript SEEK = script("ticket_seek.lua");
  static final LuaScript PARK = script("ticket_park.lua");
  static final LuaScript CANCEL = script("ticket_cancel.lua");
  static final LuaScript SETTLE = script("ticket_settle.lua");
  static final LuaScript LOOK = script("ticket_look.lua");
  static final LuaScript COUNT = script("pool_count.lua");
  static final LuaScript BEAT = script("owner_beat.lua");

  private MatchScripts() {}

  private static LuaScript script(String file) {
    return LuaScript.resource(MatchScripts.class, "ticket_record.lua", file);
  }
}
