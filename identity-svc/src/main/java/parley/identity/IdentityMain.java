package parley.identity;

import parley.platform.lifecycle.ServiceProcess;

/// Runs one node of identity-svc as a process: `--config FILE`.
public final class IdentityMain {
  private IdentityMain() {}

  public static void main(String[] args) {
    ServiceProcess.run("identity", args, IdentityNode::start);
  }
}
