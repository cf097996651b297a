package parley.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.testing.Eventually;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;

/// What clients ask of a Redis, as it sees it; what scripts do inside is left out.
final class CommandsOf {
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final String about;

  private CommandsOf(String about) {
    this.about = about;
  }

  /// Watches from now on, over a connection of its own, as long as that is open.
  ///
  /// @param asking another connection, by which is seen that the watch has begun
  static CommandsOf watching(Jedis monitored, Jedis asking, String about) {
    CommandsOf watch = new CommandsOf(about);
    var _ = Thread.ofVirtual().start(() -> monitored.monitor(watch.listener()));
    Eventually.holds(
        "the watch has begun",
        () -> {
          asking.get("watch-has-begun");
          return watch.commands.stream().anyMatch(command -> command.contains("watch-has-begun"));
        });
    watch.commands.clear();
    return watch;
  }

  /// What was asked of the key it is about, before a command with the marker.
  List<String> until(String marker) {
    Eventually.holds(
        "the marker was seen",
        () -> commands.stream().anyMatch(command -> command.contains(marker)));
    return commands.stream()
        .takeWhile(command -> !command.contains(marker))
        .filter(command -> command.contains(about))
        .toList();
  }

  private JedisMonitor listener() {
    return new JedisMonitor() {
      @Override
      public void onCommand(String command) {
        if (!command.contains(" lua]")) {
          commands.add(command);
        }
      }
    };
  }
}
