package parley.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import parley.backing.NotStarted;

/// The certificate of one machine's door, for `localhost` and loopback. It is signed by itself, so
/// a browser asks once. Made on first use by the JDK's keytool, and anew when it is about to end.
///
/// @param chain in PEM; what a browser may be told to trust
/// @param key in PEM, readable by its owner alone
record LocalCertificate(Path chain, Path key) {
  private static final Duration LIFE = Duration.ofDays(365);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final String ALIAS = "door";
  private static final String PASSWORD = "changeit";

  /// @param state the state folder, locked by this process
  static LocalCertificate in(Path state) {
    Path folder = Folders.in(state, "tls");
    LocalCertificate certificate =
        new LocalCertificate(folder.resolve("door.pem"), folder.resolve("door-key.pem"));
    try {
      if (!certificate.lasts()) {
        certificate.make(folder);
      }
    } catch (IOException | GeneralSecurityException fault) {
      throw new NotStarted("no certificate could be made in " + folder + ": " + fault.getMessage());
    }
    return certificate;
  }

  private boolean lasts() throws IOException, GeneralSecurityException {
    if (Files.notExists(chain) || Files.notExists(key)) {
      return false;
    }
    try (InputStream pem = Files.newInputStream(chain)) {
      X509Certificate kept =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      return kept.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEWED_BEFORE));
    }
  }

  private void make(Path folder) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("door.p12");
    Files.deleteIfExists(store);
    keytool(store);
    try (InputStream made = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(made, PASSWORD.toCharArray());
      byte[] secret = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      write(folder, key, pem("PRIVATE KEY", secret));
      write(folder, chain, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
    } finally {
      Files.deleteIfExists(store);
    }
  }

  private static void keytool(Path store) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=Parley on this machine",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            Long.toString(LIFE.toDays()),
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (Files.notExists(store)) {
      throw new IOException("keytool said: " + said.strip());
    }
  }

  /// By way of a temporary file, which its owner alone can read.
  private static void write(Path folder, Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(folder, "door", ".pem");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pem(String what, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
