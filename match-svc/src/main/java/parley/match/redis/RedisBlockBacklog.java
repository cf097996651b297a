package parley.match.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.match.core.Party;
import parley.match.core.port.BlockBacklog;
import parley.match.core.port.Blocks;

/// A stream for each cohort; a block in it is four texts apart by spaces: participant and device of
/// who blocks, then of who is blocked, `-` for no device.
final class RedisBlockBacklog implements BlockBacklog {
  /// Shorter than a block stays in the pool: they are all read again in time.
  private static final Duration WHOLE = Duration.ofDays(30);

  private static final String NO_DEVICE = "-";

  private final ScriptRunner scripts;
  private final MatchKeys keys;

  RedisBlockBacklog(ScriptRunner scripts, MatchKeys keys) {
    this.scripts = scripts;
    this.keys = keys;
  }

  @Override
  public void put(Blocks.Block block) {
    var _ = run(block.cohort(), List.of("put", write(block)));
  }

  @Override
  public List<Waiting> oldest(Cohort cohort, int count) {
    ScriptRunner.ScriptAnswer answer = run(cohort, List.of("look", Integer.toString(count)));
    List<Waiting> line = new ArrayList<>();
    for (int at = 1; at + 1 < answer.size(); at += 2) {
      line.add(new Waiting(answer.text(at), read(cohort, answer.text(at + 1))));
    }
    return line;
  }

  @Override
  public void remove(Cohort cohort, List<String> ids) {
    if (!ids.isEmpty()) {
      List<String> args = new ArrayList<>(List.of("done"));
      args.addAll(ids);
      var _ = run(cohort, args);
    }
  }

  @Override
  public boolean isWhole(Cohort cohort) {
    return run(cohort, List.of("look", "1")).text(0).equals("1");
  }

  @Override
  public long incarnation(Cohort cohort) {
    return scripts.incarnation(keys.backlog(cohort));
  }

  @Override
  public void markWhole(Cohort cohort) {
    var _ = run(cohort, List.of("whole", Long.toString(WHOLE.toSeconds())));
  }

  private ScriptRunner.ScriptAnswer run(Cohort cohort, List<String> args) {
    return scripts.runBytes(
        MatchScripts.BLOCKS,
        List.of(keys.backlog(cohort), keys.whole(cohort)),
        args.stream().map(arg -> arg.getBytes(UTF_8)).toList());
  }

  private static String write(Blocks.Block block) {
    return write(block.by()) + " " + write(block.whom());
  }

  private static String write(Party party) {
    DeviceId device = party.device();
    return party.participant() + " " + (device == null ? NO_DEVICE : device.text());
  }

  private static Blocks.Block read(Cohort cohort, String text) {
    String[] words = text.split(" ", -1);
    return new Blocks.Block(cohort, party(words[0], words[1]), party(words[2], words[3]));
  }

  private static Party party(String participant, String device) {
    return new Party(
        new ParticipantId(participant), device.equals(NO_DEVICE) ? null : new DeviceId(device));
  }
}
