package parley.match;

import parley.platform.lifecycle.NodeContext;
import parley.platform.lifecycle.ServiceProcess;

/// `--config FILE`: one node as a process.
interface MatchMain {
  static void main(String[] args) {
    ServiceProcess.run("match", args, settings -> start(MatchConfig.read(settings)));
  }

  private static MatchNode start(MatchConfig config) {
    return MatchNode.start(config, NodeContext.of(config.node()));
  }
}
