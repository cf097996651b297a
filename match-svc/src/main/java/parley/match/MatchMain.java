package parley.match;

import parley.platform.lifecycle.NodeContext;
import parley.platform.lifecycle.ServiceProcess;

/// `--config FILE`: one node as a process.
public final class MatchMain {
  private MatchMain() {}

  public static void main(String[] args) {
    ServiceProcess.run("match", args, settings -> start(MatchConfig.read(settings)));
  }

  private static MatchNode start(MatchConfig config) {
    return MatchNode.start(config, NodeContext.of(config.node().id()));
  }
}
