package parley.site;

import parley.platform.lifecycle.ServiceProcess;

/// What serves the page, as a process.
public final class SiteMain {
  private SiteMain() {}

  /// `--config FILE`
  public static void main(String[] args) {
    ServiceProcess.run("site", args, settings -> SiteNode.start(SiteConfig.read(settings)));
  }
}
