package parley.faults.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders of a run, made when they are first asked for.
final class Folders {
  private Folders() {}

  static Path made(Path parent, String name) {
    try {
      return Files.createDirectories(parent.resolve(name));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("no folder could be made in " + parent, unwritable);
    }
  }
}
