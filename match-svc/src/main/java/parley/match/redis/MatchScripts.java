package parley.match.redis;

import java.util.List;
import parley.platform.redis.LuaScript;

/// The scripts, one file each; all begin with `ticket_record.lua`.
final class MatchScripts {
  static final LuaScript SEEK =
      LuaScript.resource(
          MatchScripts.class,
          List.of("ticket_record.lua", "ticket_heads.lua", "ticket_take.lua", "ticket_seek.lua"));
  static final LuaScript CLAIM = script("ticket_claim.lua");
  static final LuaScript WISH = script("ticket_wish.lua");
  static final LuaScript PARK = script("ticket_park.lua");
  static final LuaScript CANCEL = script("ticket_cancel.lua");
  static final LuaScript LOOK = script("ticket_look.lua");
  static final LuaScript SETTLE = script("ticket_pair.lua", "ticket_settle.lua");
  static final LuaScript ANSWER = script("ticket_pair.lua", "proposal_answer.lua");
  static final LuaScript REFUSE = script("ticket_pair.lua", "refusal_add.lua");
  static final LuaScript EXCHANGE = script("crowd_exchange.lua");
  static final LuaScript BEAT = script("owner_beat.lua");
  static final LuaScript BLOCKS = script("block_line.lua");
  static final LuaScript REAP = script("owner_reap.lua");

  private MatchScripts() {}

  private static LuaScript script(String file) {
    return LuaScript.resource(MatchScripts.class, List.of("ticket_record.lua", file));
  }

  /// @param shared what several scripts need that not all do
  private static LuaScript script(String shared, String file) {
    return LuaScript.resource(MatchScripts.class, List.of("ticket_record.lua", shared, file));
  }
}
