package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.relay.SyslogHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The second host for audit events, as configured. */
final class Syslog {
  private Syslog() {}

  /**
   * @throws IOException if a file can't be read
   * @throws GeneralSecurityException if what it holds can't be used
   */
  static Optional<SyslogHost> of(Installation.@Nullable Syslog settings)
      throws IOException, GeneralSecurityException {
    if (settings == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SyslogHost(
            settings.host(),
            settings.port(),
            anchors(settings.anchors()),
            ownKey(settings.keystore(), settings.passwordFile()),
            settings.timeout()));
  }

  private static List<X509Certificate> anchors(Path file)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      List<X509Certificate> anchors =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (anchors.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return anchors;
    }
  }

  private static Optional<SyslogHost.OwnKey> ownKey(
      @Nullable Path keystore, @Nullable Path passwordFile)
      throws IOException, GeneralSecurityException {
    if (keystore == null || passwordFile == null) {
      return Optional.empty();
    }
    char[] password = Files.readString(passwordFile).strip().toCharArray();
    return Optional.of(
        new SyslogHost.OwnKey(KeyStore.getInstance(keystore.toFile(), password), password));
  }
}
