package parley.backing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How to run a program that refuses to run as root. Nobody else needs anything: the command stays
/// as it is.
///
/// Root first tries a user namespace in which nobody is root (`unshare -U`): the program then still
/// reads and writes what root may. Where the system forbids that (a container without the right),
/// it becomes the user `postgres` or `nobody` by `setpriv`, and its folder is given to that user.
enum Unprivileged {
  AS_IT_IS,
  OWN_NAMESPACE,
  OTHER_USER;

  private static final Unprivileged HERE = here();

  /// What this process needs.
  static Unprivileged way() {
    return HERE;
  }

  /// What stands before the command; the process keeps its id.
  List<String> prefix() {
    return switch (this) {
      case AS_IT_IS -> List.of();
      case OWN_NAMESPACE -> List.of("unshare", "-U");
      case OTHER_USER ->
          List.of(
              "setpriv", "--reuid=" + user(), "--regid=" + group(user()), "--clear-groups", "--");
    };
  }

  /// Lets the program own this folder and all in it.
  void own(Path folder) {
    if (this != OTHER_USER) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      var principal =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user());
      for (Path file : all.toList()) {
        Files.setOwner(file, principal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " could not be given to " + user(), e);
    }
  }

  private static Unprivileged here() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return AS_IT_IS;
    }
    return says("unshare", "-U", "id", "-u").filter(id -> !id.equals("0")).isPresent()
        ? OWN_NAMESPACE
        : OTHER_USER;
  }

  private static String user() {
    return says("id", "-u", "postgres").isPresent() ? "postgres" : "nobody";
  }

  private static String group(String user) {
    return says("id", "-g", user)
        .orElseThrow(
            () -> new NotStarted("PostgreSQL does not run as root, and there is no user " + user));
  }

  private static Optional<String> says(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(said)
          : Optional.empty();
    } catch (IOException noSuchProgram) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
