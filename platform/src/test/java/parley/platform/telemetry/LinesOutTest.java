package parley.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesOutTest {
  @TempDir Path folder;

  @Test
  void linesGoToTheEndOfAFileWhoseFolderIsNotThereYet() throws IOException {
    Path file = folder.resolve("state").resolve("parley.log");

    log(file, "first");
    log(file, "second");

    assertThat(Files.readString(file)).isEqualTo("first\nsecond\n");
  }

  private static void log(Path file, String words) {
    LoggerContext log = new LoggerContext();
    log.setMDCAdapter(new LogbackMDCAdapter());
    PatternLayoutEncoder plain = new PatternLayoutEncoder();
    plain.setContext(log);
    plain.setPattern("%msg\n");
    plain.start();
    LinesOut out = new LinesOut();
    out.setContext(log);
    out.setEncoder(plain);
    out.setFile(file.toString());
    out.start();
    log.getLogger("test").addAppender(out);
    log.getLogger("test").info(words);
    log.stop();
  }
}
