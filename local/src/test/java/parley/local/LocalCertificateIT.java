package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCertificateIT {
  @TempDir Path state;

  @Test
  void itIsForThisMachineAndItsKeyIsSecret() throws Exception {
    LocalCertificate made = LocalCertificate.in(state);

    assertThat(read(made).getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
        .isEqualTo("rw-------");
    assertThat(made.chain().resolveSibling("").toFile().list())
        .containsExactlyInAnyOrder("door.pem", "door-key.pem");
  }

  @Test
  void itIsKeptForTheNextTimeAndMadeAnewWithoutItsKey() throws Exception {
    X509Certificate first = read(LocalCertificate.in(state));
    LocalCertificate second = LocalCertificate.in(state);

    assertThat(read(second)).isEqualTo(first);

    Files.delete(second.key());

    assertThat(read(LocalCertificate.in(state))).isNotEqualTo(first);
  }

  private static X509Certificate read(LocalCertificate certificate) throws Exception {
    try (InputStream pem = Files.newInputStream(certificate.chain())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
