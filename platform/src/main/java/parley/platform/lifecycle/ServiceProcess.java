package parley.platform.lifecycle;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.config.ConfigFaults;
import parley.platform.config.Settings;
import parley.platform.telemetry.LogLines;

/// One node as a process: what every `XxxMain` calls. The only place that exits, hooks signals and
/// reads the environment.
///
/// Exit codes: 0 after SIGTERM or SIGINT, 1 if the node could not start, 2 if the call or the
/// configuration is wrong (all faults are printed, nothing was started).
public final class ServiceProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

  private ServiceProcess() {}

  /// Starts the node, prints `ready` once it serves, and returns at the end of the process.
  public static void run(String service, String[] args, NodeFactory factory) {
    if (args.length != 2 || !args[0].equals("--config")) {
      exit(2, service + ": expected --config FILE");
    }
    start(service, Path.of(args[1]), System.getenv(), factory);
  }

  private static void start(
      String service, Path config, Map<String, String> environment, NodeFactory factory) {
    try {
      Node node = factory.start(Settings.read(config, environment));
      System.out.println("ready " + node.id());
      awaitSignal();
      closeAndHalt(node);
    } catch (ConfigFaults faults) {
      faults.faults().forEach(fault -> System.err.println(service + ": " + fault));
      LogLines.finish();
      System.exit(2);
    } catch (RuntimeException failure) {
      LOG.atError().setCause(failure).addKeyValue("service", service).log("cannot start");
      exit(1, service + ": cannot start: " + failure.getMessage());
    }
  }

  /// Returns when the process is asked to end. The hook then keeps the process until the node is
  /// closed and halts it.
  private static void awaitSignal() {
    CountDownLatch asked = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  joinForever();
                },
                "shutdown"));
    try {
      asked.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Halts, because exit would wait for the hook, which waits for this.
  private static void closeAndHalt(Node node) {
    int code = 1;
    try (node) {
      LOG.atInfo().addKeyValue("node", node.id()).log("draining");
      node.drain();
      code = 0;
    } catch (RuntimeException failure) {
      LOG.atError().setCause(failure).addKeyValue("node", node.id()).log("cannot drain");
    } finally {
      LogLines.finish();
      Runtime.getRuntime().halt(code);
    }
  }

  private static void joinForever() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void exit(int code, String sentence) {
    LogLines.finish();
    System.err.println(sentence);
    System.exit(code);
  }
}
