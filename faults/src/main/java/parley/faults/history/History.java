package parley.faults.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One file of a history, written line by line: when [#note] returns, the line is with the
/// operating system, so that it outlives whatever is done next. Any thread.
public final class History implements AutoCloseable {
  private final RunClock clock;
  private final OutputStream out;

  private History(RunClock clock, OutputStream out) {
    this.clock = clock;
    this.out = out;
  }

  /// A new file.
  public static History open(Path file, RunClock clock) {
    try {
      return new History(clock, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("no history can be written to " + file, unwritable);
    }
  }

  /// Dates a line and writes it.
  public synchronized void note(Line line) {
    try {
      String dated = LineJson.write(line.at(clock.now())) + "\n";
      out.write(dated.getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
