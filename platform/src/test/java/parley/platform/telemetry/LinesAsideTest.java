package parley.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class LinesAsideTest {
  private final LoggerContext log = new LoggerContext();
  private final Pipe pipe = new Pipe();
  private final LinesAside aside = new LinesAside();
  private final Logger logger = log.getLogger("test");

  @BeforeEach
  void start() {
    log.setMDCAdapter(new LogbackMDCAdapter());
    pipe.setContext(log);
    pipe.start();
    aside.setContext(log);
    aside.addAppender(pipe);
    aside.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(aside);
  }

  @AfterEach
  void stop() {
    pipe.read.countDown();
    log.stop();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoLogsNeverWaitsAndWhatIsDiscardedIsCounted() throws InterruptedException {
    logger.info("the pipe is full");
    pipe.written.await();
    int room = aside.getRemainingCapacity();

    for (int i = 0; i < room + 7; i++) {
      logger.info("line {}", i);
    }

    assertThat(aside.discarded()).isEqualTo(7);
    pipe.read.countDown();
    log.stop();
    assertThat(pipe.lines).hasSize(1 + room).endsWith("line " + (room - 1));
  }

  @Test
  void linesKeepTheirOrderAndTheLastAreWrittenAtTheEnd() {
    pipe.read.countDown();

    logger.info("first");
    logger.warn("second");
    log.stop();

    assertThat(pipe.lines).containsExactly("first", "second");
  }

  @Test
  void theShippedLogIsWrittenAsideAndCounted() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();

    LogLines.count(meters);

    LoggerContext shipped = (LoggerContext) LoggerFactory.getILoggerFactory();
    assertThat(shipped.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOf(LinesAside.class);
    assertThat(meters.get("parley.log.discarded").functionCounter().count()).isZero();
  }

  /// Holds the first line until somebody reads.
  private static final class Pipe extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);

    @Override
    protected void append(ILoggingEvent line) {
      lines.add(line.getFormattedMessage());
      written.countDown();
      try {
        read.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
