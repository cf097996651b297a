package parley.faults.matching;

import com.google.gson.Gson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import parley.faults.history.RunClock;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.MatchingChecker;
import parley.faults.matching.check.MatchingVerdict;

/// Writes the history of a run into a file, in the order of its times: one JSON object a line, none
/// kept in memory. What is noted after the close is not written. Thread-safe.
final class Chronicle implements AutoCloseable {
  private static final Gson GSON = new Gson();

  private final RunClock clock = new RunClock();
  private final ReentrantLock lock = new ReentrantLock();
  private final BufferedWriter out;
  private boolean closed;

  private Chronicle(BufferedWriter out) {
    this.out = out;
  }

  static Chronicle open(Path file) {
    try {
      return new Chronicle(Files.newBufferedWriter(file));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  void note(Line line) {
    String facts = GSON.toJson(line.facts());
    lock.lock();
    try {
      if (!closed) {
        out.write(
            "{\"at\":%d,\"what\":\"%s\",\"ticket\":%d,\"facts\":%s}\n"
                .formatted(clock.now(), line.what(), line.ticket(), facts));
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      out.close();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    } finally {
      lock.unlock();
    }
  }

  /// Holds the history in a file against what matching promises.
  static MatchingVerdict judge(Path file) {
    LineReader reader = new LineReader();
    try (Stream<String> lines = Files.lines(file)) {
      return MatchingChecker.check(lines.map(reader::read));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
