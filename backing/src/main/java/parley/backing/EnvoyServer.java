package parley.backing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A real Envoy, gone when the JVM is. [#start] returns when its admin port answers; it serves once
/// its control plane has told it what ([#awaitLive]).
public final class EnvoyServer implements AutoCloseable {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final String REFUSED = " rejected: ";

  private final ChildProcess process;
  private final Path log;
  private final Path adminFile;

  /// Bytes of the log before this start: a kept folder has the words of earlier ones, too.
  private final long logBegins;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private EnvoyServer(ChildProcess process, Path log, Path adminFile, long logBegins) {
    this.process = process;
    this.log = log;
    this.adminFile = adminFile;
    this.logBegins = logBegins;
  }

  /// Starts Envoy and waits until its admin port answers.
  ///
  /// @throws NotStarted if there is no binary, or it ends or stays silent; the message holds its
  ///   last lines
  public static EnvoyServer start(EnvoyOptions options) {
    Path program =
        EnvoyProgram.installed()
            .orElseThrow(
                () ->
                    new NotStarted(
                        "no Envoy at " + EnvoyProgram.cached() + "; run ./parley doctor"));
    Path kept = options.folder();
    Path folder = kept == null ? scratch() : kept;
    Path log = folder.resolve("envoy.log");
    Path adminFile = folder.resolve("envoy.admin");
    deleteIfExists(adminFile);
    long logBegins = log.toFile().length();
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Start(
                command(program, options, adminFile), log, Map.of(), kept == null ? folder : null));
    EnvoyServer server = new EnvoyServer(process, log, adminFile, logBegins);
    if (!server.comesTrue(ANSWERS_WITHIN, () -> !server.admin("GET", "/ready").isEmpty())) {
      String last = ChildProcess.tail(log);
      process.kill();
      throw new NotStarted("Envoy did not start; its last lines:\n" + last);
    }
    return server;
  }

  /// Waits until Envoy has taken in its first configuration and listens.
  ///
  /// @throws NotStarted with its reason as soon as it refuses what it was told, or with its last
  ///   lines if it was told nothing within `patience`
  public void awaitLive(Duration patience) {
    boolean told = comesTrue(patience, () -> live() || refusal().isPresent());
    if (told && live()) {
      return;
    }
    throw new NotStarted(
        refusal()
            .map(reason -> "Envoy refused its configuration: " + reason)
            .orElseGet(
                () ->
                    "Envoy got no configuration within "
                        + patience
                        + "; its last lines:\n"
                        + ChildProcess.tail(log)));
  }

  /// `host:port` of the admin port.
  public String adminAddress() {
    try {
      return Files.exists(adminFile) ? Files.readString(adminFile).strip() : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// `host:port` that a listener has, also if it was told to take any port.
  ///
  /// @throws IllegalArgumentException if there is no such listener
  public String listener(String name) {
    return listeners()
        .lines()
        .filter(line -> line.startsWith(name + "::"))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "listener is '" + name + "', expected one of:\n" + listeners()));
  }

  /// What the admin port answers, or nothing if it does not; the body alone, whatever the status.
  public String admin(String method, String path) {
    String address = adminAddress();
    if (address.isEmpty()) {
      return "";
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(PATIENCE)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException gone) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /// Its own words and one JSON line for each call.
  public Path log() {
    return log;
  }

  public long pid() {
    return process.pid();
  }

  public boolean running() {
    return process.running();
  }

  /// SIGKILL.
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }

  private boolean live() {
    return admin("GET", "/ready").startsWith("LIVE") && !listeners().isBlank();
  }

  private Optional<String> refusal() {
    try (SeekableByteChannel words = Files.newByteChannel(log).position(logBegins);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(Channels.newInputStream(words), UTF_8))) {
      return reader
          .lines()
          .filter(line -> line.contains(REFUSED))
          .map(line -> line.substring(line.indexOf(REFUSED) + REFUSED.length()))
          .findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String listeners() {
    return admin("GET", "/listeners");
  }

  private boolean comesTrue(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.running() && System.nanoTime() - deadline < 0) {
      if (condition.getAsBoolean()) {
        return true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  /// Without `--disable-hot-restart` a second Envoy on the machine does not start.
  private static List<String> command(Path program, EnvoyOptions options, Path adminFile) {
    return List.of(
        program.toString(),
        "-c",
        options.bootstrap().toString(),
        "--disable-hot-restart",
        "--concurrency",
        Integer.toString(options.workers()),
        "--drain-time-s",
        Long.toString(options.drain().toSeconds()),
        "--admin-address-path",
        adminFile.toString(),
        "--log-level",
        "warning");
  }

  private static void deleteIfExists(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("parley-envoy-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for Envoy could be made", e);
    }
  }
}
