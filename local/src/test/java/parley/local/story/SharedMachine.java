package parley.local.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parley.backing.NotStarted;
import parley.local.LocalMachine;
import parley.local.MachinePlan;
import parley.local.Progress;

/// One machine for all stories that break nothing: started on first use, gone with the JVM. Stories
/// keep apart by tags that nobody else has; a story that kills, stops or drains starts a machine of
/// its own.
final class SharedMachine {
  /// A pool of its own for many who stay in line.
  static final String CROWD = "crowd";

  private static @Nullable LocalMachine machine;
  private static @Nullable String whyNot;

  private SharedMachine() {}

  /// If it cannot start, every story fails with the reason.
  static synchronized LocalMachine get() {
    if (whyNot != null) {
      throw new NotStarted(whyNot);
    }
    if (machine == null) {
      machine = start();
    }
    return machine;
  }

  private static LocalMachine start() {
    try {
      LocalMachine started = LocalMachine.start(plan(), Progress.SILENT);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stories-end"));
      return started;
    } catch (RuntimeException failure) {
      whyNot = failure.toString();
      throw failure;
    }
  }

  static String door() {
    return get().door();
  }

  /// For a machine of a story's own.
  static MachinePlan plan() {
    try {
      Path state = Files.createTempDirectory("parley-story-");
      return MachinePlan.usual(state, 0)
          .with("bot", "companion.banks", "leave")
          .with("session", "drain.door-pause", "1s")
          .with("match", "drain.door-pause", "1s")
          .with("match", "tickets.silence", "30m")
          .with("identity", "guests.work.asked", "never")
          .with("match", "pools.file", pools(state).toString());
    } catch (IOException noRoom) {
      throw new UncheckedIOException(noRoom);
    }
  }

  /// The crowd is many and in a hurry: it relaxes soon.
  private static Path pools(Path state) throws IOException {
    return Files.writeString(
        state.resolve("pools.yaml"),
        """
        intents: [talk, %1$s]
        %1$s: {to-language: 500ms, to-anyone: 1s}
        """
            .formatted(CROWD));
  }
}
