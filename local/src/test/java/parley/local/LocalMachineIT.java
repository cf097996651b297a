package parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.NotStarted;
import parley.testing.Eventually;
import parley.testing.LivingThreads;
import parley.testing.TestDatabase;

class LocalMachineIT {
  @TempDir Path folder;

  @Test
  void twoCopiesRunSideBySide() {
    try (LocalMachine one = start("one");
        LocalMachine two = start("two")) {
      assertThat(one.door()).isNotEqualTo(two.door());
      assertThat(tables(one)).isEqualTo(tables(two)).contains("match.blocks", "session.sessions");
      assertThat(one.postgres().psql()).isNotEqualTo(two.postgres().psql());
      assertThat(one.envoy().admin("GET", "/ready")).startsWith("LIVE");
      assertThat(two.envoy().admin("GET", "/ready")).startsWith("LIVE");
    }
  }

  @Test
  void aStateFolderInUseIsASentence() {
    StateLock taken = StateLock.take(folder);
    try (taken) {
      assertThatThrownBy(() -> LocalMachine.start(MachinePlan.usual(folder, 0), Progress.SILENT))
          .isInstanceOf(NotStarted.class)
          .hasMessageContaining("another Parley runs with the state in")
          .hasMessageContaining("--state DIR --port N");
    }
  }

  @Test
  void aBusyPortIsASentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MachinePlan plan = MachinePlan.usual(folder, taken.getLocalPort());
      assertThatThrownBy(() -> LocalMachine.start(plan, Progress.SILENT))
          .isInstanceOf(NotStarted.class)
          .hasMessage(
              "port %d is taken by another process: choose another with --port N",
              taken.getLocalPort());
    }
  }

  @Test
  void keysAndRedisAreKeptForTheNextTime() {
    String keys;
    try (LocalMachine first = start("kept")) {
      keys = jwks("kept");
      assertThat(first.nodes()).hasSize(6);
    }
    try (LocalMachine second = start("kept")) {
      assertThat(second.nodes()).hasSize(6);
      assertThat(jwks("kept")).isEqualTo(keys);
    }
  }

  @Test
  void closedItLeavesNoThreadOfAnyNode() {
    Set<Long> before = LivingThreads.now().keySet();
    LocalMachine machine = start("gone");
    Map<Long, String> own = LivingThreads.now();
    List<String> nodes =
        Stream.concat(machine.nodes().stream().map(LocalNode::id), Stream.of("door-1")).toList();
    Predicate<Long> ofTheMachine =
        thread -> !before.contains(thread) && nodes.stream().anyMatch(own.get(thread)::contains);
    assertThat(nodes)
        .allSatisfy(node -> assertThat(own.values()).anyMatch(name -> name.contains(node)));

    machine.close();

    Eventually.holds(
        "the threads that began with it are gone",
        () ->
            LivingThreads.now().keySet().stream().filter(own::containsKey).noneMatch(ofTheMachine));
  }

  @Test
  void killedItLeavesNoChildBehind() {
    UpProcess up = UpProcess.start(folder);
    List<ProcessHandle> children = up.children();
    assertThat(children.stream().map(child -> child.info().command().orElse("")))
        .anyMatch(command -> command.contains("redis"))
        .anyMatch(command -> command.contains("postgres"))
        .anyMatch(command -> command.contains("envoy"));
    up.close();
    Eventually.holds(
        "Redis, PostgreSQL and Envoy are gone",
        () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void toldToStopItStopsEverythingAndSaysSo() throws Exception {
    UpProcess started = UpProcess.start(folder);
    Process up = started.process();
    List<ProcessHandle> children = started.children();
    // By its handle: Process.destroy would also close what it says.
    up.toHandle().destroy();
    assertThat(up.inputReader().lines().toList())
        .contains("stopping", "stopped; the state is kept");
    assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
    Eventually.holds(
        "nothing it started is left", () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static List<String> tables(LocalMachine machine) {
    return new TestDatabase(machine.postgres().server().orElseThrow(), "parley").tables();
  }

  private LocalMachine start(String name) {
    return LocalMachine.start(
        MachinePlan.usual(folder.resolve(name), 0).with("bot", "companion.banks", "leave"),
        Progress.SILENT);
  }

  private String jwks(String name) {
    try {
      return java.nio.file.Files.readString(
          Secrets.in(folder.resolve(name).toAbsolutePath()).jwks());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
