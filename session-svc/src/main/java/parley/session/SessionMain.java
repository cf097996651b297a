package parley.session;

import parley.platform.lifecycle.NodeContext;
import parley.platform.lifecycle.ServiceProcess;

/// `--config FILE`: one node as a process.
public final class SessionMain {
  private SessionMain() {}

  public static void main(String[] args) {
    ServiceProcess.run(
        "session",
        args,
        settings -> {
          SessionConfig config = SessionConfig.read(settings);
          return SessionNode.start(config, NodeContext.of(config.node()));
        });
  }
}
