package parley.platform.lifecycle;

import java.nio.file.Path;
import java.util.function.Function;
import parley.platform.config.ConfigFaults;
import parley.platform.config.Settings;
import parley.platform.telemetry.LogLines;

/// One job as a process: runs once and ends.
///
/// Exit codes: 0 when it is done, 1 if it failed and may be tried again, 2 if the call or the
/// configuration is wrong (all faults are printed, nothing was done).
public final class JobProcess {
  private JobProcess() {}

  /// Runs the job with the settings of `--config FILE` and the environment, and exits.
  ///
  /// @param job answers with a sentence for a person, as an exception's message is one
  public static void run(String name, String[] args, Function<Settings, String> job) {
    if (args.length != 2 || !args[0].equals("--config")) {
      System.err.println(name + ": expected --config FILE");
      end(2);
    }
    try {
      System.out.println(name + ": " + job.apply(Settings.read(Path.of(args[1]), System.getenv())));
      end(0);
    } catch (ConfigFaults faults) {
      faults.faults().forEach(fault -> System.err.println(name + ": " + fault));
      end(2);
    } catch (RuntimeException failure) {
      System.err.println(name + ": " + failure.getMessage());
      end(1);
    }
  }

  private static void end(int code) {
    LogLines.finish();
    System.exit(code);
  }
}
