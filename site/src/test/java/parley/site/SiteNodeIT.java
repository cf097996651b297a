package parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.platform.config.Settings;

class SiteNodeIT {
  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private SiteNode node;

  @BeforeEach
  void serve() throws IOException {
    Files.writeString(folder.resolve("index.html"), "the page");
    Files.writeString(folder.resolve("index.html.br"), "the page in brotli");
    Files.writeString(folder.resolve("index.html.gz"), "the page in gzip");
    Files.createDirectory(folder.resolve("assets"));
    Files.writeString(folder.resolve("assets/index-abc.js"), "the script");
    node =
        SiteNode.start(
            SiteConfig.read(Settings.of(Map.of("node.id", "site-1", "files", folder.toString()))));
  }

  @AfterEach
  void stop() {
    node.close();
    client.close();
  }

  @Test
  void servesThePageUnderAStrictPolicyAndAsksForItAgain() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("the page");
    assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "cache-control")).isEqualTo("no-cache");
    assertThat(header(page, "content-security-policy"))
        .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*", "http");
    assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void sendsTheSmallestFormThatTheBrowserNames() throws Exception {
    assertThat(get("/", "accept-encoding", "gzip, deflate, br").body())
        .isEqualTo("the page in brotli");
    assertThat(get("/", "accept-encoding", "gzip;q=0.5").body()).isEqualTo("the page in gzip");
    assertThat(get("/", "accept-encoding", "br;q=0, gzip").body()).isEqualTo("the page in gzip");
    assertThat(get("/", "accept-encoding", "zstd").body()).isEqualTo("the page");
    assertThat(header(get("/", "accept-encoding", "br"), "content-encoding")).isEqualTo("br");
    assertThat(header(get("/"), "vary")).isEqualTo("accept-encoding");
  }

  @Test
  void letsHashedFilesBeKeptForAYear() throws Exception {
    HttpResponse<String> script = get("/assets/index-abc.js", "accept-encoding", "br");

    assertThat(script.body()).isEqualTo("the script");
    assertThat(header(script, "cache-control")).contains("max-age=31536000", "immutable");
  }

  @Test
  void saysThatNothingChangedToWhoHasIt() throws Exception {
    String tag = header(get("/", "accept-encoding", "br"), "etag");

    assertThat(status("/", "if-none-match", tag, "accept-encoding", "br")).isEqualTo(304);
    assertThat(status("/", "if-none-match", tag, "accept-encoding", "gzip")).isEqualTo(200);
  }

  @Test
  void hasNothingElse() throws Exception {
    assertThat(status("/nothing")).isEqualTo(404);
    assertThat(status("/assets/")).isEqualTo(404);
    assertThat(status("/index.html.br")).isEqualTo(404);
    assertThat(status("/assets/..%2f..%2fetc/passwd")).isEqualTo(404);
    assertThat(header(get("/nothing"), "content-security-policy")).contains("default-src 'none'");
    HttpRequest post =
        HttpRequest.newBuilder(at("/")).POST(BodyPublishers.ofString("words")).build();
    assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }

  @Test
  void goesOnWithWhatItReadAtStart() throws Exception {
    Files.writeString(folder.resolve("index.html"), "a newer page");

    assertThat(get("/").body()).isEqualTo("the page");
  }

  private int status(String path, String... headers) throws Exception {
    return get(path, headers).statusCode();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://" + node.serving() + path);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
