package parley.local;

import parley.platform.telemetry.LogLines;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Behind `./parley up` and `./parley service`.
@Command(
    name = "parley",
    subcommands = {UpCommand.class, ServiceCommand.class})
public final class LocalMain {
  private LocalMain() {}

  public static void main(String[] args) {
    int code = new CommandLine(new LocalMain()).setOverwrittenOptionsAllowed(true).execute(args);
    LogLines.finish();
    System.exit(code);
  }
}
