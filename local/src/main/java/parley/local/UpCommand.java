package parley.local;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import parley.backing.NotStarted;
import parley.platform.telemetry.LogLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Everything on this machine, until Ctrl-C.
@Command(name = "up", description = "Runs everything on this machine, until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "${env:PARLEY_STATE:-.parley}",
      description =
          "Where Redis, keys and logs are kept; each copy needs its own (${DEFAULT-VALUE}).")
  private Path state = Path.of(".parley");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:PARLEY_PORT:-8080}",
      description = "The door's port on loopback (${DEFAULT-VALUE}).")
  private int port = USUAL_PORT;

  @Option(
      names = "--page",
      paramLabel = "DIR",
      defaultValue = "${env:PARLEY_PAGE:-web/target/site}",
      description = "The page that is served, as built by web/build (${DEFAULT-VALUE}).")
  private Path page = Path.of("web/target/site");

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = Progress.onTerminal();
    Path log = state.toAbsolutePath().normalize().resolve("parley.log");
    LogFile.use(log);
    try {
      LocalMachine machine =
          LocalMachine.start(MachinePlan.usual(state, port).withPage(page), progress);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(machine), "stop"));
      progress.tell("ready");
      System.out.print(whatNext(machine, log));
      new CountDownLatch(1).await();
      return 0;
    } catch (NotStarted | UncheckedIOException sentence) {
      System.err.println("parley: " + sentence.getMessage());
      return 1;
    } catch (RuntimeException fault) {
      System.err.println("parley: could not start: " + fault.getMessage() + "; log: " + log);
      return 1;
    }
  }

  private static void stop(LocalMachine machine) {
    System.out.println("stopping");
    machine.close();
    LogLines.finish();
    System.out.println("stopped; the state is kept");
  }

  private String whatNext(LocalMachine machine, Path log) {
    String server = port == USUAL_PORT ? "" : " --server " + machine.door();
    LocalNode match =
        machine.nodes().stream()
            .filter(node -> node.service().equals("match"))
            .findFirst()
            .orElseThrow();
    String open =
        machine.page().map("\nOpen the page, twice to meet yourself: %s\n"::formatted).orElse("");
    return open
        + """

        Talk to yourself, in two more terminals:
          ./parley chat%1$s
          ./parley chat%1$s --face web
        Look inside:
          grpcurl -plaintext %2$s list
          curl http://%3$s/metrics
          tail -f %4$s
        Ctrl-C stops all of it.
        """
            .formatted(server, match.adminGrpc(), match.adminHttp(), log);
  }
}
