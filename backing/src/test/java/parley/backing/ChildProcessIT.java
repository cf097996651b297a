package parley.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {
  @TempDir Path folder;

  @Test
  void aChildDiesWithAJvmThatIsKilled() throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Redis.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] said = jvm.inputReader().readLine().split(" ", 2);
    long child = Long.parseLong(said[0]);
    Path scratch = Path.of(said[1]);
    assertThat(ProcessHandle.of(child)).isPresent();
    assertThat(scratch).exists();

    jvm.destroyForcibly();

    await("the child is gone").until(() -> ProcessHandle.of(child).isEmpty());
    await("its folder is gone").until(() -> Files.notExists(scratch));
  }

  @Test
  void itsPidAndExitCodeAreTheProgramsOwn() {
    Path log = folder.resolve("log");
    ChildProcess child =
        ChildProcess.start(ChildProcess.Start.of(List.of("/bin/sh", "-c", "echo $$; exit 7"), log));
    assertThat(child.exit().join()).isEqualTo(7);
    assertThat(log).hasContent(Long.toString(child.pid()));
  }

  @Test
  void aChildMayFinishItsWork() {
    Path log = folder.resolve("log");
    ChildProcess child =
        ChildProcess.start(
            ChildProcess.Start.of(
                List.of(
                    "/bin/sh",
                    "-c",
                    "trap 'sleep 0.3; echo farewell; exit 0' TERM; echo up; while :; do sleep 0.1; done"),
                log));
    await("the child minds SIGTERM by now").until(() -> Files.readString(log).contains("up"));
    child.stop(Duration.ofSeconds(5));
    assertThat(child.exit().join()).isZero();
    assertThat(log).content().contains("farewell");
  }

  @Test
  void aChildThatIgnoresTheGentleSignalIsKilled() {
    ChildProcess child =
        ChildProcess.start(
            ChildProcess.Start.of(
                List.of("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 1; done"),
                folder.resolve("log")));
    await("the child ignores SIGTERM by now")
        .until(() -> Files.readString(folder.resolve("log")).contains("up"));
    child.stop(Duration.ofMillis(200));
    assertThat(child.running()).isFalse();
  }

  /// Runs in a JVM of its own that starts a Redis from a thread that ends, and then stays while its
  /// parent does.
  static final class Redis {
    public static void main(String[] args) throws Exception {
      Thread starter =
          new Thread(
              () -> {
                RedisServer redis = RedisServer.start(RedisOptions.fleeting());
                String folder = redis.ask("CONFIG GET dir").lines().toList().get(4);
                System.out.println(redis.pid() + " " + folder);
              });
      starter.start();
      starter.join();
      System.in.read();
    }
  }
}
