package de.kreissiegel.ca.storage;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * What people and programs know a certificate by.
 *
 * @param sha256 of its octets
 * @param sha1 of its octets
 * @param keyIdentifier subjectKeyIdentifier (RFC 5280 §4.2.1.2), if it has one
 */
record Digests(byte[] sha256, byte[] sha1, Optional<byte[]> keyIdentifier) {
  static Digests of(Bytes encoded) {
    return of(encoded, read(encoded));
  }

  /**
   * The same.
   *
   * @param read the certificate; none if the octets are none
   */
  static Digests of(Bytes encoded, Optional<Certificate> read) {
    byte[] octets = encoded.toArray();
    return new Digests(
        digest("SHA-256", octets), digest("SHA-1", octets), read.flatMap(Digests::keyIdentifier));
  }

  /** What isn't a certificate is stored all the same. */
  static Optional<Certificate> read(Bytes encoded) {
    try {
      return Optional.of(Certificate.getInstance(encoded.toArray()));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  static byte[] digest(String algorithm, byte[] octets) {
    try {
      return MessageDigest.getInstance(algorithm).digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Optional<byte[]> keyIdentifier(Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getTBSCertificate().getExtensions())
          .map(SubjectKeyIdentifier::fromExtensions)
          .map(SubjectKeyIdentifier::getKeyIdentifier);
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
