package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.backing.EnvoyServer;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.testing.Eventually;

/// With a certificate in its config the door speaks TLS; a renewed one is taken up without a
/// restart.
class TlsIT {
  private final RunningDoor door = RunningDoor.prepare(Map.of());

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aRenewedCertificateIsShownToNewConnections() throws Exception {
    Path chain = door.folder().resolve("door.pem");
    Path key = door.folder().resolve("door-key.pem");
    issue("first", chain, key);
    door.settings().put("tls.certificate", chain.toString());
    door.settings().put("tls.key", key.toString());
    door.startNode("echo-1", ServiceName.MATCH);
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());

    Eventually.holds("the first is shown", () -> shown(envoy).equals("CN=first"));

    issue("second", chain, key);

    Eventually.holds("the second is shown", () -> shown(envoy).equals("CN=second"));
    assertThat(envoy.admin("GET", "/stats?filter=listener_manager.listener_modified"))
        .contains("listener_modified: 0");
    assertThat(envoy.admin("GET", "/config_dump")).doesNotContain("BEGIN PRIVATE KEY");
  }

  private static String shown(EnvoyServer envoy) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Trusting()}, null);
    HostPort at = HostPort.parse(envoy.listener("door"));
    try (SSLSocket socket =
        (SSLSocket) trusting.getSocketFactory().createSocket(at.host(), at.port())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  /// A self-signed certificate by the JDK's own keytool.
  private void issue(String name, Path chain, Path key) throws Exception {
    Path store = door.folder().resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "door",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + name,
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(store.toFile())) {
      keys.load(in, "changeit".toCharArray());
    }
    Files.writeString(
        key, pem("PRIVATE KEY", keys.getKey("door", "changeit".toCharArray()).getEncoded()));
    Files.writeString(chain, pem("CERTIFICATE", keys.getCertificate("door").getEncoded()));
  }

  private static String pem(String what, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
