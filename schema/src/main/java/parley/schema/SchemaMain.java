package parley.schema;

import parley.platform.lifecycle.JobProcess;

/// Brings the database up to date and ends: `--config FILE`. Before every new version, and every
/// day.
public final class SchemaMain {
  private SchemaMain() {}

  public static void main(String[] args) {
    JobProcess.run("migrate", args, Upkeep::run);
  }
}
