package parley.site;

import java.nio.file.Files;
import java.nio.file.Path;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.config.Settings;

/// Settings of what serves the page.
///
/// @param serving where the door asks for files
/// @param files the folder that the build of the page made
public record SiteConfig(NodeConfig node, HostPort serving, Path files) {
  /// @throws parley.platform.config.ConfigFaults with every fault
  public static SiteConfig read(Settings settings) {
    SiteConfig config =
        new SiteConfig(
            NodeConfig.read(settings),
            settings.listener("serving.address"),
            Path.of(settings.text("files")));
    if (!Files.isReadable(config.files().resolve(SiteFiles.PAGE))) {
      settings.fault(
          "files", config.files().toString(), "a folder with " + SiteFiles.PAGE + " in it");
    }
    settings.check();
    return config;
  }
}
