package parley.local;

import java.nio.file.Path;

/// Sends the log of this JVM into a file, so that the terminal is left for people. Must run before
/// the first logger is made.
final class LogFile {
  private LogFile() {}

  static void use(Path file) {
    System.setProperty("parley.log", file.toString());
  }
}
