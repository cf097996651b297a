package parley.bot;

import parley.platform.lifecycle.NodeContext;
import parley.platform.lifecycle.ServiceProcess;

/// `--config FILE`: one node as a process.
public final class BotMain {
  private BotMain() {}

  public static void main(String[] args) {
    ServiceProcess.run("bot", args, settings -> start(BotConfig.read(settings)));
  }

  private static BotNode start(BotConfig config) {
    return BotNode.start(config, NodeContext.of(config.node().id()));
  }
}
