package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A temporary directory that only its owner reads, gone at the end. */
final class Workspace implements AutoCloseable {
  private final Path directory;

  private Workspace(Path directory) {
    this.directory = directory;
  }

  static Workspace open() throws IOException {
    return new Workspace(
        Files.createTempDirectory(
            "kreissiegel-walkthrough",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Writes certificates as PEM (RFC 7468). */
  Path certificates(String name, List<X509Certificate> certificates)
      throws IOException, CertificateEncodingException {
    var text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(file(name), text);
  }

  /** Writes CRLs as PEM (RFC 7468). */
  Path lists(String name, List<X509CRL> lists) throws IOException, CRLException {
    var text = new StringBuilder();
    for (X509CRL list : lists) {
      text.append(pem("X509 CRL", list.getEncoded()));
    }
    return Files.writeString(file(name), text);
  }

  private static String pem(String label, byte[] encoded) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
