package parley.local;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import parley.backing.NotStarted;
import parley.platform.telemetry.LogLines;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Everything on this machine, until Ctrl-C.
@Command(name = "up", description = "Runs everything on this machine, until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;
  private static final List<String> CONFIGURED =
      List.of("identity", "match", "session", "bot", "door");

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

  @Option(
      names = "--tls",
      description =
          "The door speaks TLS, and HTTP/2 to browsers, by a certificate of this machine's own.")
  private boolean tls;

  @ArgGroup(exclusive = false)
  private AiOptions ai = new AiOptions();

  @Option(
      names = "--set",
      paramLabel = "SERVICE.NAME=VALUE",
      description = "A setting of every node of a service, as its config folder names it.")
  private Map<String, String> settings = Map.of();

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = Progress.onTerminal();
    Path log = state.toAbsolutePath().normalize().resolve("parley.log");
    LogFile.use(log);
    try {
      LocalMachine machine = LocalMachine.start(plan(), progress);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(machine), "stop"));
      progress.tell("ready");
      progress.tell(ai.sentence());
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

  private MachinePlan plan() {
    MachinePlan plan = ai.plan(MachinePlan.usual(state, port).withPage(page));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String[] named = setting.getKey().split("\\.", 2);
      if (named.length < 2 || !CONFIGURED.contains(named[0])) {
        throw new NotStarted(
            "--set is '%s=%s', expected SERVICE.NAME=VALUE with a service of %s"
                .formatted(setting.getKey(), setting.getValue(), CONFIGURED));
      }
      plan = plan.with(named[0], named[1], setting.getValue());
    }
    return tls ? plan.withTls() : plan;
  }

  private static void stop(LocalMachine machine) {
    System.out.println("stopping");
    machine.close();
    LogLines.finish();
    System.out.println("stopped; the state is kept");
  }

  private String whatNext(LocalMachine machine, Path log) {
    LocalNode match =
        machine.nodes().stream()
            .filter(node -> node.service().equals("match"))
            .findFirst()
            .orElseThrow();
    return page(machine)
        + machine.certificate().map(UpCommand::trust).orElseGet(() -> chat(machine))
        + """
        Look inside:
          grpcurl -plaintext %s list
          curl http://%s/metrics
          tail -f %s
          %s
        Ctrl-C stops all of it.
        """
            .formatted(match.adminGrpc(), match.adminHttp(), log, machine.postgres().psql());
  }

  private static String page(LocalMachine machine) {
    return machine
        .page()
        .map("\nOpen the page, twice to meet yourself: %s\n"::formatted)
        .orElse("");
  }

  private static String trust(Path certificate) {
    return """
    The certificate is this machine's own: a browser asks once, or trusts %s

    """
        .formatted(certificate);
  }

  private String chat(LocalMachine machine) {
    String server = port == USUAL_PORT ? "" : " --server " + machine.door();
    return """

    Talk to yourself, in two more terminals:
      ./parley chat%1$s
      ./parley chat%1$s --face web
    """
        .formatted(server);
  }
}
