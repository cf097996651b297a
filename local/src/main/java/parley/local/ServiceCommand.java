package parley.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import parley.bot.BotMain;
import parley.envoy.DoorMain;
import parley.identity.IdentityMain;
import parley.match.MatchMain;
import parley.schema.SchemaMain;
import parley.session.SessionMain;
import parley.site.SiteMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One node as a process, or the job that brings the database up to date: hands over to its own
/// main.
@Command(
    name = "service",
    description = "Runs one node as a process, or `migrate`, which brings the database up to date.")
final class ServiceCommand implements Callable<Integer> {
  /// The services that can be run alone.
  enum Name {
    identity,
    match,
    session,
    bot,
    door,
    migrate,
    site
  }

  @Parameters(index = "0", paramLabel = "NAME", description = "One of ${COMPLETION-CANDIDATES}.")
  private Name name = Name.identity;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Its settings; each has a sample in its module's config folder.")
  private Path config = Path.of("");

  @Override
  public Integer call() {
    String[] args = {"--config", config.toString()};
    switch (name) {
      case identity -> IdentityMain.main(args);
      case match -> MatchMain.main(args);
      case session -> SessionMain.main(args);
      case bot -> BotMain.main(args);
      case door -> DoorMain.main(args);
      case migrate -> SchemaMain.main(args);
      case site -> SiteMain.main(args);
    }
    return 0;
  }
}
