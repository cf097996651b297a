package parley.platform.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of this process, which all its nodes share.
public final class LogLines {
  private LogLines() {}

  /// Counts the lines that were discarded because nobody read them in time: `parley.log.discarded`.
  static void count(MeterRegistry meters) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
      Iterator<Appender<ILoggingEvent>> appenders =
          log.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
      while (appenders.hasNext()) {
        if (appenders.next() instanceof LinesAside lines) {
          FunctionCounter.builder("parley.log.discarded", lines, LinesAside::discarded)
              .register(meters);
        }
      }
    }
  }

  /// Writes what still waits, for a second at most; what is logged later is lost. Right before a
  /// process ends.
  public static void finish() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
      log.stop();
    }
  }
}
