package parley.platform.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;

/// Many callers, one connection to each primary: calls that arrive while a batch flies make up the
/// next. Replies leave only when the whole batch is committed ([ScriptCommits]). After a broken
/// connection the whole batch is sent again, so scripts must bear repetition; if it is not
/// committed within some five seconds the batch fails as [RedisUnknown]. Whatever else is thrown,
/// Errors too, is logged and told to those of the batch, and the queue goes on.
///
/// On a cluster calls stand in the branch of the primary that had their first key at the start, so
/// that a primary that is slow or gone keeps nobody waiting but for its own keys. A slot that moves
/// stays in its branch.
public final class ScriptQueue implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle();
  private final List<ScriptBranch> branches = new ArrayList<>();
  private final Primaries atStart;

  private ScriptQueue(RedisConfig config, String name, NodeContext context) {
    atStart = Primaries.find(config);
    try {
      for (int number = 1; number <= atStart.count(); number++) {
        branches.add(
            lifecycle.own(ScriptBranch.open(config, atStart, name + "-" + number, context)));
      }
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  /// Connects and starts the queue's threads.
  ///
  /// @throws RedisUnknown if no primary answers
  public static ScriptQueue open(RedisConfig config, NodeContext context) {
    return open(config, "scripts", context);
  }

  /// As above, for a node that has several.
  ///
  /// @param name what its figures and log lines are told by
  public static ScriptQueue open(RedisConfig config, String name, NodeContext context) {
    return new ScriptQueue(config, name, context);
  }

  /// Takes the call; the reply comes later, for one key in the order of submission.
  public void submit(ScriptCall call, ScriptReply reply) {
    branch(call.keys().getFirst()).submit(call, reply);
  }

  /// Waits for the reply; for virtual threads.
  ///
  /// @throws RedisRefusal, RedisUnknown, NotQueued as [ScriptReply#failed] says
  public @Nullable Object run(ScriptCall call) {
    CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
    submit(
        call,
        new ScriptReply() {
          @Override
          public void answered(@Nullable Object reply) {
            answer.complete(reply);
          }

          @Override
          public void failed(RuntimeException why) {
            answer.completeExceptionally(why);
          }
        });
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException why ? why : failed;
    }
  }

  /// Another number whenever the primary of this key may have forgotten what it answered last: a
  /// connection was made anew, or the key has another primary. Noticed by a call before its answer
  /// is told.
  public long incarnation(byte[] key) {
    return branch(key).incarnation();
  }

  /// Fails what waits and ends the threads.
  @Override
  public void close() {
    lifecycle.close();
  }

  private ScriptBranch branch(byte[] key) {
    try {
      return branches.get(atStart.indexOf(key));
    } catch (RedisUnknown nobodyHadIt) {
      return branches.getFirst();
    }
  }
}
