package parley.faults.matching;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import parley.faults.matching.check.MatchingRule;
import parley.match.MatchMain;

/// Bugs, each a change of one script, and the rule by which it is caught.
enum MatchPlant {
  REFUSAL_WRITTEN_ON_ONE_SIDE(
      MatchingRule.REFUSED,
      change(
          "refusal_add.lua",
          "for _, side in ipairs({{by, whom}, {whom, by}}) do",
          "for _, side in ipairs({{by, whom}}) do")),
  INDEX_ENTRY_LEFT_BEHIND(
      MatchingRule.STORE, change("ticket_seek.lua", "unlist(peer.id, peer.record)", "")),
  /// Both that tell a node of a loss: the name of what Redis remembers, and since when it holds its
  /// lease.
  OLD_GENERATION_ACCEPTED(
      MatchingRule.STORE,
      change("owner_beat.lua", "'gen', freshGen)", "'gen', 'the same for ever')"),
      change("owner_beat.lua", "return {gen, since,", "return {gen, never,")),
  RETURN_WITH_A_NEW_RANK(
      MatchingRule.RANK,
      change(
          "ticket_pair.lua",
          ".. sub(parked, 4), 'EX', keep)",
          ".. nowIs(call('TIME')) .. sub(parked, 20), 'EX', keep)")),
  NEWS_LOST(
      MatchingRule.TOLD,
      change(
          "ticket_record.lua",
          "local function tell(record, what, about)",
          "local function tell(record, what, about)\n"
              + "  if what == 'matched' and string.byte(record, 60) % 4 == 0 then return end")),
  NARROW_FOUND_BY_WIDER(
      MatchingRule.LEVEL,
      change(
          "ticket_seek.lua",
          "for f = first, level do for _, name in",
          "for f = first, 2 do for _, name in")),
  TAKEN_AND_LEFT_IN_LINE(
      MatchingRule.ONE_MATCH,
      change("ticket_seek.lua", "unlist(peer.id, peer.record)", ""),
      change("ticket_take.lua", "ipairs({other, one})", "ipairs({other})")),
  BLIND_TO_WHO_IS_SOUGHT(
      MatchingRule.WISHES,
      change(
          "ticket_seek.lua", "= plan(lineup), words(look),", "= plan(lineup), {plan(lineup)[2]},")),
  NO_WAY_BACK(
      MatchingRule.BACK_IN_LINE,
      change("ticket_settle.lua", "if here and entered[i] then", "if false then")),
  MEETINGS_FORGOTTEN(
      MatchingRule.REFUSED,
      change(
          "ticket_settle.lua",
          "refuse(recent[i], kept[i + 2], two[3 - i].letters, most, keepRecent)",
          "")),
  CANCELLED_AND_LEFT_IN_LINE(
      MatchingRule.OVER_IS_OVER,
      change("ticket_cancel.lua", "if sub(record, 1, 1) == 'W' then unlist(me, record) end", ""),
      change(
          "ticket_cancel.lua",
          "call('SET', ticketKey, become(record, as, now, nobody), 'EX', keep)",
          "")),
  ONE_YES_IS_ENOUGH(
      MatchingRule.BOTH_ACCEPT,
      change(
          "proposal_answer.lua",
          "if answers[1] == 'A' and answers[2] == 'A' then",
          "if answers[1] == 'A' or answers[2] == 'A' then")),
  OLDER_STREAM_TAKES_BACK(
      MatchingRule.NEWEST, change("ticket_seek.lua", "sub(mine, 36, 39) > held and", "false and"));

  private final MatchingRule caughtBy;

  @SuppressWarnings("ImmutableEnumChecker") // A copy.
  private final List<Change> changes;

  MatchPlant(MatchingRule caughtBy, Change... changes) {
    this.caughtBy = caughtBy;
    this.changes = List.of(changes);
  }

  private record Change(String script, String from, String to) {}

  MatchingRule caughtBy() {
    return caughtBy;
  }

  Set<MatchFault> faults() {
    return switch (this) {
      case OLD_GENERATION_ACCEPTED -> Set.of(MatchFault.EMPTY_STORE);
      case OLDER_STREAM_TAKES_BACK -> Set.of(MatchFault.PAUSE_NODE);
      default -> Set.of();
    };
  }

  /// Few where it matters that the same people meet again.
  int people() {
    return caughtBy == MatchingRule.REFUSED ? 20 : 60;
  }

  /// Writes the scripts with this bug into a folder that nodes look into first.
  void plant(Path folder) {
    for (Change change : changes) {
      Path script = folder.resolve("parley/match/redis").resolve(change.script());
      try {
        String source = Files.exists(script) ? Files.readString(script) : shipped(change.script());
        if (!source.contains(change.from())) {
          throw new IllegalStateException(change.script() + " has no '" + change.from() + "'");
        }
        Files.createDirectories(script.getParent());
        Files.writeString(script, source.replace(change.from(), change.to()));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static Change change(String script, String from, String to) {
    return new Change(script, from, to);
  }

  private static String shipped(String script) throws IOException {
    try (InputStream source = MatchMain.class.getResourceAsStream("redis/" + script)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
