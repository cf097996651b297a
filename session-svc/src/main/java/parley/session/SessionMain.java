package parley.session;

import parley.platform.lifecycle.ServiceProcess;

/// Runs one node of session-svc as a process: `--config FILE`.
public final class SessionMain {
  private SessionMain() {}

  public static void main(String[] args) {
    ServiceProcess.run("session", args, SessionNode::start);
  }
}
