package parley.envoy;

import parley.platform.lifecycle.ServiceProcess;

/// The control plane as a process.
public final class DoorMain {
  private DoorMain() {}

  /// `--config FILE`
  public static void main(String[] args) {
    ServiceProcess.run("door", args, settings -> DoorNode.start(DoorConfig.read(settings)));
  }
}
