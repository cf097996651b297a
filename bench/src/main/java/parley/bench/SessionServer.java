package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One session node as a process on a free port, its paces and limits out of the way of a
/// measurement.
final class SessionServer {
  private SessionServer() {}

  /// With the delays of the defaults.
  static ServerProcess start(Path folder, String redis, Passport passport, int port) {
    return start(folder, redis, passport, port, Delays.DEFAULT);
  }

  static ServerProcess start(
      Path folder, String redis, Passport passport, int port, Delays delays) {
    try {
      Path config =
          Files.writeString(
              folder.resolve("session.yaml"),
              """
              node: {id: session-bench}
              serving: {address: "127.0.0.1:%d"}
              redis: {address: "%s", prefix: "bench:"}
              auth: {jwks: "%s", seals: "%s"}
              pace: {burst: 1000000, per-second: 1000000}
              stream: {outstanding: 256, hold-stored: %s}
              relay: {linger: %s}
              """
                  .formatted(
                      port,
                      redis,
                      passport.jwks(),
                      passport.secrets(),
                      delays == Delays.NONE ? "0ms" : "5ms",
                      delays == Delays.NONE ? "0us" : "200us"));
      return ServerProcess.start("parley.session.SessionMain", "--config", config.toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /// What may wait for company so that CPU is saved.
  enum Delays {
    NONE,
    DEFAULT
  }
}
