package parley.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
  @TempDir Path folder;

  @Test
  void answersWhenStartReturnsAndIsGoneAfterClose() throws SQLException {
    PostgresServer postgres = PostgresServer.start(PostgresOptions.fleeting());
    assertThat(ask(postgres, "postgres", "SHOW server_version_num"))
        .startsWith(Integer.toString(postgres.program().major()));
    Path scratch = postgres.passwordFile().getParent();
    postgres.close();
    assertThatThrownBy(() -> postgres.connect("postgres")).isInstanceOf(SQLException.class);
    assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
    await("its folder is gone").until(() -> Files.notExists(scratch));
  }

  @Test
  void theEmbeddedBuildServesWhereTheMachineHasNone() throws SQLException {
    PostgresOptions options = PostgresOptions.kept(folder, 0).from(PostgresOptions.Origin.EMBEDDED);
    try (PostgresServer postgres = PostgresServer.start(options)) {
      assertThat(ask(postgres, "postgres", "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  void aKeptServerRemembersWhatWasCommittedThroughAKill() throws SQLException {
    PostgresServer first = PostgresServer.start(PostgresOptions.kept(folder, 0));
    first.create("kept", null);
    try (Connection open = first.connect("kept")) {
      open.createStatement().execute("CREATE TABLE words AS SELECT 'hello' AS word");
      first.kill();
    }
    try (PostgresServer second = PostgresServer.start(PostgresOptions.kept(folder, first.port()))) {
      second.create("kept", null);
      assertThat(ask(second, "kept", "SELECT word FROM words")).isEqualTo("hello");
    }
  }

  @Test
  void itsChildrenDieWithAJvmThatIsKilled() throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Keeper.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] said = jvm.inputReader().readLine().split(" ", 2);
    long child = Long.parseLong(said[0]);
    Path scratch = Path.of(said[1]);
    assertThat(ProcessHandle.of(child)).isPresent();

    jvm.destroyForcibly();

    await("the server is gone").until(() -> ProcessHandle.of(child).isEmpty());
    await("its folder is gone").until(() -> Files.notExists(scratch));
  }

  @Test
  void aFrozenServerIsSilentAndGoesOnWhenThawed() throws SQLException {
    try (PostgresServer postgres = PostgresServer.start(PostgresOptions.fleeting());
        Connection open = postgres.connect("postgres")) {
      open.setNetworkTimeout(Runnable::run, 300);
      postgres.freeze();
      assertThatThrownBy(() -> open.createStatement().execute("SELECT 1"))
          .isInstanceOf(SQLException.class);
      postgres.thaw();
      assertThat(ask(postgres, "postgres", "SELECT 'here'")).isEqualTo("here");
    }
  }

  @Test
  void onlyWhoHasThePasswordComesIn() throws IOException, SQLException {
    try (PostgresServer postgres = PostgresServer.start(PostgresOptions.kept(folder, 0))) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(postgres.passwordFile())))
          .isEqualTo("rw-------");
      Properties as = new Properties();
      as.setProperty("user", PostgresServer.ROLE);
      as.setProperty("password", "guessed");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.url("postgres"), as))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void aBusyPortIsASentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> PostgresServer.start(PostgresOptions.kept(folder, port)))
          .isInstanceOf(NotStarted.class)
          .hasMessage("port " + port + " for PostgreSQL is taken by another process");
    }
  }

  @Test
  void dataOfAVersionThatIsNotHereIsASentence() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data").resolve("PG_VERSION"), "9\n");
    assertThatThrownBy(() -> PostgresServer.start(PostgresOptions.kept(folder, 0)))
        .isInstanceOf(NotStarted.class)
        .hasMessageStartingWith("the data is of PostgreSQL 9, which is not on this machine");
  }

  @Test
  void aNumberOfADeadServerThatAnotherProgramGotIsForgotten() throws IOException, SQLException {
    PostgresServer.start(PostgresOptions.kept(folder, 0)).close();
    Path left = folder.resolve("data").resolve("postmaster.pid");
    Files.writeString(left, ProcessHandle.current().pid() + "\n");
    try (PostgresServer again = PostgresServer.start(PostgresOptions.kept(folder, 0))) {
      assertThat(ask(again, "postgres", "SELECT 'here'")).isEqualTo("here");
    }
  }

  private static String ask(PostgresServer postgres, String database, String question)
      throws SQLException {
    try (Connection connection = postgres.connect(database);
        ResultSet answer = connection.createStatement().executeQuery(question)) {
      return answer.next() ? answer.getString(1) : "";
    }
  }

  /// Runs in a JVM of its own and stays while its parent does.
  static final class Keeper {
    public static void main(String[] args) throws Exception {
      PostgresServer postgres = PostgresServer.start(PostgresOptions.fleeting());
      System.out.println(postgres.pid() + " " + postgres.passwordFile().getParent());
      System.in.read();
    }
  }
}
