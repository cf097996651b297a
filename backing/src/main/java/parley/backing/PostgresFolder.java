package parley.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What one server keeps: `data`, its log, and the file with the password of its one role.
///
/// `data` appears whole or not at all: it is made beside and then renamed.
record PostgresFolder(Path path) {
  private static final int MAKING_SECONDS = 60;

  Path data() {
    return path.resolve("data");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  Path passwordFile() {
    return path.resolve("password");
  }

  /// The file, made if it is not there.
  Path password() {
    byte[] bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    try {
      if (Files.notExists(passwordFile())) {
        Files.createDirectories(path);
        Files.createFile(
            passwordFile(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
            passwordFile(), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      return passwordFile();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + path + " for PostgreSQL cannot be used", e);
    }
  }

  /// The major version that made the data, if there is any.
  Optional<Integer> madeBy() {
    try {
      Path version = data().resolve("PG_VERSION");
      return Files.exists(version)
          ? Optional.of(Integer.parseInt(Files.readString(version).strip()))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new NotStarted(data() + " is no folder of PostgreSQL: " + e.getMessage());
    }
  }

  /// Makes the data if there is none.
  ///
  /// @throws NotStarted with initdb's own words if that fails
  void make(PostgresProgram program) {
    if (madeBy().isPresent()) {
      return;
    }
    Path fresh = path.resolve("data.new");
    try {
      Files.createDirectories(path);
      remove(fresh);
      Files.createDirectory(fresh);
      password();
      Unprivileged.way().own(path);
      initialise(program, fresh);
      Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + path + " for PostgreSQL cannot be used", e);
    }
  }

  /// A process id that a killed server left behind keeps the next one from starting if another
  /// program has got that number since; the folder itself is this machine's alone.
  void forgetTheDead() {
    Path file = data().resolve("postmaster.pid");
    try {
      if (Files.exists(file) && !isPostgres(Long.parseLong(Files.readAllLines(file).getFirst()))) {
        Files.delete(file);
      }
    } catch (IOException | NumberFormatException unreadable) {
      throw new NotStarted(file + " cannot be read: " + unreadable.getMessage());
    }
  }

  /// Whether the server with this process id says that it takes connections.
  boolean ready(long pid) {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      return lines.size() > 7
          && lines.getFirst().equals(Long.toString(pid))
          && lines.get(7).strip().equals("ready");
    } catch (IOException notThereYet) {
      return false;
    }
  }

  private void initialise(PostgresProgram program, Path fresh) {
    Path said = path.resolve("initdb.log");
    List<String> command = new ArrayList<>(Unprivileged.way().prefix());
    command.addAll(
        List.of(
            program.program("initdb"),
            "--pgdata=" + fresh,
            "--username=" + PostgresServer.ROLE,
            "--pwfile=" + password(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    ChildProcess initdb =
        ChildProcess.start(new ChildProcess.Start(command, said, Map.of("TZ", "UTC"), null));
    try {
      if (initdb.exit().get(MAKING_SECONDS, TimeUnit.SECONDS) != 0) {
        throw new NotStarted("PostgreSQL's initdb failed:\n" + ChildProcess.tail(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotStarted("interrupted while PostgreSQL's data was made");
    } catch (ExecutionException | TimeoutException e) {
      throw new NotStarted("PostgreSQL's initdb did not end in " + MAKING_SECONDS + " s");
    } finally {
      initdb.close();
    }
  }

  private static boolean isPostgres(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("postgres"))
        .isPresent();
  }

  private static void remove(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
