package parley.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parley.site.SiteFile.Packed;

/// All files of one build of the page, in memory: a rebuild never mixes with what is served, and no
/// path of a request ever reaches the disk.
final class SiteFiles {
  static final String PAGE = "index.html";

  /// Best first; what the build laid beside a file under these endings.
  static final Map<String, String> CODINGS = Map.of("br", ".br", "gzip", ".gz");

  private static final String HASHED = "/assets/";
  private static final int TAG_CHARS = 16;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "txt", "text/plain; charset=utf-8",
          "webmanifest", "application/manifest+json");

  private final Map<String, SiteFile> files;

  private SiteFiles(Map<String, SiteFile> files) {
    this.files = Map.copyOf(files);
  }

  /// @throws UncheckedIOException if the folder cannot be read
  static SiteFiles in(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> all = paths.filter(Files::isRegularFile).toList();
      Map<String, SiteFile> files = new HashMap<>();
      for (Path path : all) {
        if (CODINGS.values().stream().noneMatch(path.toString()::endsWith)) {
          files.put("/" + slashed(folder.relativize(path)), file(folder, path));
        }
      }
      return new SiteFiles(files);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the page in " + folder + " cannot be read", unreadable);
    }
  }

  /// @param path of a request, `/` for the page
  Optional<SiteFile> at(String path) {
    return Optional.ofNullable(files.get(path.equals("/") ? "/" + PAGE : path));
  }

  private static SiteFile file(Path folder, Path path) throws IOException {
    Map<String, Packed> forms = new HashMap<>();
    byte[] plain = Files.readAllBytes(path);
    String tag = tag(plain);
    forms.put(SiteFile.IDENTITY, new Packed(plain, tag));
    for (Map.Entry<String, String> coding : CODINGS.entrySet()) {
      Path packed = path.resolveSibling(path.getFileName() + coding.getValue());
      if (Files.isRegularFile(packed)) {
        forms.put(
            coding.getKey(), new Packed(Files.readAllBytes(packed), tag + "-" + coding.getKey()));
      }
    }
    String name = "/" + slashed(folder.relativize(path));
    return new SiteFile(type(name), name.startsWith(HASHED), forms);
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static String slashed(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash).substring(0, TAG_CHARS);
    } catch (NoSuchAlgorithmException notOfThisJdk) {
      throw new IllegalStateException(notOfThisJdk);
    }
  }
}
