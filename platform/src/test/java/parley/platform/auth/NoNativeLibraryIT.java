package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Principal;

/// A JVM that cannot load the native library checks tokens all the same, by the JDK.
class NoNativeLibraryIT {
  @TempDir Path folder;

  @Test
  void tokensAreCheckedByTheJdk() throws IOException, InterruptedException {
    KeyDirectory keys = KeyDirectory.in(folder.resolve("keys"));
    Principal who = Principals.anyone();
    String token = keys.token(who, Clock.systemUTC());

    assertThat(checked(token, AccessKeyFiles.jwks(folder.resolve("keys")))).isEqualTo("JDK " + who);
    assertThat(checked(token, folder)).as("with it").isEqualTo("NATIVE " + who);
  }

  /// @param work where the library is laid to be loaded; a file takes none
  private String checked(String token, Path work) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dcom.amazon.corretto.crypto.provider.tmpdir=" + work,
            "-cp",
            System.getProperty("java.class.path"),
            TokenChecker.class.getName(),
            folder.resolve("keys").toString(),
            token);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  /// Says by what library a token was checked, and whose it is.
  static final class TokenChecker {
    private TokenChecker() {}

    public static void main(String[] args) {
      Principal who =
          new KeyDirectory(Path.of(args[0])).verifier(Clock.systemUTC()).verify(args[1]);
      System.out.println(SignatureLibrary.fastest() + " " + who);
    }
  }
}
