package parley.backing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisProgramIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "Redis server v=5.0.7 sha=00000000:0, false",
    "Redis server v=6.0.16 sha=00000000:0, false",
    "Redis server v=6.2.0 sha=00000000:0, true",
    "Redis server v=7.0.15 sha=00000000:0, true",
    "Server v=8.0.1 sha=00000000:0, true",
    "Redis server v=10.1.2 sha=00000000:0, true",
    "command not found, false",
  })
  void aServerOlderThan62IsLeftAside(String says, boolean newEnough) throws IOException {
    Path server = Files.writeString(folder.resolve("server"), "#!/bin/sh\necho '" + says + "'\n");
    Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(RedisProgram.isNewEnough(server)).isEqualTo(newEnough);
  }

  @Test
  void aServerThatCannotBeRunIsLeftAside() throws IOException {
    assertThat(RedisProgram.isNewEnough(Files.createFile(folder.resolve("nothing")))).isFalse();
  }
}
