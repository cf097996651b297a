package parley.local.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parley.local.LocalMachine;
import parley.local.MachinePlan;
import parley.local.Progress;

/// One machine for all stories that break nothing: started on first use, gone with the JVM. Stories
/// keep apart by tags that nobody else has; a story that kills, stops or drains starts a machine of
/// its own.
final class SharedMachine {
  /// A pool of its own for many who stay in line.
  static final String CROWD = "crowd";

  private SharedMachine() {}

  static LocalMachine get() {
    return Holder.MACHINE;
  }

  static String door() {
    return get().door();
  }

  /// For a machine of a story's own.
  static MachinePlan plan() {
    try {
      Path state = Files.createTempDirectory("parley-story-");
      return MachinePlan.usual(state, 0)
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

  private static final class Holder {
    private static final LocalMachine MACHINE = LocalMachine.start(plan(), Progress.SILENT);

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(MACHINE::close, "stories-end"));
    }
  }
}
