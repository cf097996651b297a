package parley.faults.matching;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import parley.faults.history.RunClock;
import parley.faults.matching.check.Line;

/// The history of a run, in the order of its times. Thread-safe.
final class Chronicle {
  private static final Gson GSON = new Gson();

  private final RunClock clock = new RunClock();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Line> lines = new ArrayList<>();

  void note(Line line) {
    lock.lock();
    try {
      lines.add(line.at(clock.now()));
    } finally {
      lock.unlock();
    }
  }

  List<Line> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  /// One JSON object a line.
  void write(Path file) {
    try {
      Files.write(file, lines().stream().map(GSON::toJson).toList());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  static List<Line> read(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> GSON.fromJson(line, Line.class))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
