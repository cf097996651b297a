package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.bot.core.Notes;
import parley.bot.core.companion.Invention;
import parley.bot.core.conduct.Conduct;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;

class CompanionBoxIT {
  @TempDir Path folder;

  @Test
  void aBoxThatCannotBeMadeLeavesNoThread() throws IOException {
    CompanionBox.Parts parts =
        new CompanionBox.Parts(
            BotConfig.BankUse.LEARN,
            Optional.of(ofAClosedFileSystem()),
            Duration.ofSeconds(1),
            Invention.Share.THE_REST);
    NodeContext context = NodeContext.of(new NodeId("box-1"));

    assertThatThrownBy(() -> new CompanionBox(parts, Conduct.load(), new Notes(), context))
        .isInstanceOf(ClosedFileSystemException.class);

    Awaitility.await("the thread that learns the banks ends")
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("box-1")));
  }

  private Path ofAClosedFileSystem() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("some.zip"), Map.of("create", "true"))) {
      return zip.getPath("/model.whl");
    }
  }
}
