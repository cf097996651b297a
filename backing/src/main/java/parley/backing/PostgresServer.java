package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL on a port of loopback, ready when [#start] returns and gone when the JVM is.
///
/// Its one role is [#ROLE], with a password that is made with the data and kept in a file that its
/// owner alone may read ([#passwordFile]). It also runs where this process is root.
public final class PostgresServer implements AutoCloseable {
  /// The role that owns everything.
  public static final String ROLE = "parley";

  private static final int ATTEMPTS = 5;
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(10);

  /// Of a killed server some children may still be ending: the next one refuses while they hold its
  /// shared memory.
  private static final String STILL_ENDING = "shared memory block";

  private final int port;
  private final PostgresFolder folder;
  private final PostgresProgram program;
  private final ChildProcess process;

  private PostgresServer(
      int port, PostgresFolder folder, PostgresProgram program, ChildProcess process) {
    this.port = port;
    this.folder = folder;
    this.program = program;
    this.process = process;
  }

  /// Starts a server, makes its data if there is none, and waits until it takes connections.
  ///
  /// @throws NotStarted if the wished port is busy, there is no build that reads the data, or the
  ///   server ends or stays silent; the message holds its last lines
  public static PostgresServer start(PostgresOptions options) {
    if (options.port() != 0) {
      return startOn(options.port(), options);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return startOn(FreePort.any(), options);
      } catch (NotStarted e) {
        if (attempt == ATTEMPTS || options.folder() != null) {
          throw e;
        }
      }
    }
  }

  /// The file with the password of the server that has or will have this folder; made if it is not
  /// there.
  public static Path passwordIn(Path folder) {
    return new PostgresFolder(folder).password();
  }

  /// `127.0.0.1:port`.
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /// Where it comes from, and its major version.
  public PostgresProgram program() {
    return program;
  }

  /// Holds the password of [#ROLE].
  public Path passwordFile() {
    return folder.passwordFile();
  }

  /// What is in [#passwordFile].
  public String password() {
    try {
      return Files.readString(folder.passwordFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the password of PostgreSQL cannot be read", e);
    }
  }

  /// The JDBC address of a database on it; role and password are not part of it.
  public String url(String database) {
    return "jdbc:postgresql://" + address() + "/" + database;
  }

  /// A connection as [#ROLE] that does what it is told at once.
  ///
  /// @throws UncheckedIOException if the password file is gone
  public Connection connect(String database) throws SQLException {
    Properties as = new Properties();
    as.setProperty("user", ROLE);
    as.setProperty("password", password());
    as.setProperty("connectTimeout", "5");
    as.setProperty("socketTimeout", "30");
    return DriverManager.getConnection(url(database), as);
  }

  /// Makes a database unless it is there.
  ///
  /// @param name letters, digits and underscores
  /// @param template what it is a copy of, or null for an empty one
  public void create(String name, @Nullable String template) {
    try (Connection server = connect("postgres");
        var existing =
            server.prepareStatement("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
      if (!existing.executeQuery().next()) {
        String copied = template == null ? "" : " TEMPLATE \"" + template + "\"";
        server.createStatement().execute("CREATE DATABASE \"" + name + "\"" + copied);
      }
    } catch (SQLException e) {
      throw new NotStarted("the database " + name + " could not be made: " + e.getMessage());
    }
  }

  /// Freezes the server and all its children (SIGSTOP): connections stay open, nobody answers.
  public void freeze() {
    signal("STOP", Stream.of(process.pid()));
    signal("STOP", children());
  }

  /// Undoes [#freeze].
  public void thaw() {
    signal("CONT", children());
    signal("CONT", Stream.of(process.pid()));
  }

  /// SIGKILL: what was committed is there at the next start, if it has a folder.
  public void kill() {
    List<Long> left = children().toList();
    process.kill();
    left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  /// Ends it at once but in order: connections are cut, what was committed is on disk.
  @Override
  public void close() {
    signal("INT", Stream.of(process.pid()));
    process.close();
  }

  private Stream<Long> children() {
    return ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid);
  }

  private static PostgresServer startOn(int port, PostgresOptions options) {
    Path kept = options.folder();
    PostgresFolder folder = new PostgresFolder(kept == null ? scratch() : kept);
    PostgresProgram program = PostgresProgram.choose(options.origin(), folder.madeBy());
    folder.make(program);
    folder.forgetTheDead();
    List<String> command = command(port, folder, program, kept == null);
    ChildProcess.Start start =
        new ChildProcess.Start(
            command, folder.log(), Map.of("TZ", "UTC"), kept == null ? folder.path() : null);
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (true) {
      if (!FreePort.free(port)) {
        throw new NotStarted("port " + port + " for PostgreSQL is taken by another process");
      }
      ChildProcess process = ChildProcess.start(start);
      if (answers(process, folder, deadline)) {
        return new PostgresServer(port, folder, program, process);
      }
      process.kill();
      String last = ChildProcess.tail(folder.log());
      if (!last.contains(STILL_ENDING) || System.nanoTime() - deadline > 0) {
        throw new NotStarted(
            "PostgreSQL on port " + port + " did not start; its last lines:\n" + last);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean answers(ChildProcess process, PostgresFolder folder, long deadline) {
    while (process.running() && System.nanoTime() - deadline < 0) {
      if (folder.ready(process.pid())) {
        return true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  /// Details of errors stay out of its log, because they quote whole rows.
  private static List<String> command(
      int port, PostgresFolder folder, PostgresProgram program, boolean fleeting) {
    List<String> command = new ArrayList<>(Unprivileged.way().prefix());
    command.addAll(List.of(program.program("postgres"), "-D", folder.data().toString()));
    Map<String, String> settings = new TreeMap<>();
    settings.put("port", Integer.toString(port));
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("shared_buffers", "32MB");
    settings.put("log_error_verbosity", "terse");
    settings.put("timezone", "UTC");
    if (fleeting) {
      settings.put("fsync", "off");
      settings.put("full_page_writes", "off");
    }
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  private static void signal(String name, Stream<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.map(Object::toString).forEach(command::add);
    if (command.size() == 2) {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("no signal can be sent to PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("parley-postgres-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for PostgreSQL could be made", e);
    }
  }
}
