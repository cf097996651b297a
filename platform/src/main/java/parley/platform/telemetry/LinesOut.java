package parley.platform.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where log lines go: to standard error, or to the end of a file if one is named. Named in
/// `logback.xml`.
public final class LinesOut extends OutputStreamAppender<ILoggingEvent> {
  private String file = "";

  /// Empty for standard error.
  public void setFile(String named) {
    file = named.strip();
  }

  @Override
  public void start() {
    try {
      setOutputStream(file.isEmpty() ? new StandardError() : endOf(Path.of(file)));
      super.start();
    } catch (IOException notThere) {
      addError("the log '" + file + "' cannot be written", notThere);
    }
  }

  /// Makes the folder, too: the first line may come before anything else is kept there.
  private static OutputStream endOf(Path named) throws IOException {
    Path folder = named.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return Files.newOutputStream(named, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// Stays open when the log ends: others speak there, too.
  private static final class StandardError extends FilterOutputStream {
    StandardError() {
      super(System.err);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
