package de.kreissiegel.ra.pages;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * A certificate that makes the person in front of the page an officer, for the browser to find the
 * key that belongs to it.
 *
 * @param keyHash SHA-256 of its SubjectPublicKeyInfo, in hexadecimal: how the browser names keys
 * @param encoded base64 of its DER
 */
public record OfficerCertificate(String keyHash, String encoded) {
  /**
   * For each of these.
   *
   * @param certificates DER
   */
  public static List<OfficerCertificate> of(List<Bytes> certificates) {
    return certificates.stream().map(OfficerCertificate::of).toList();
  }

  private static OfficerCertificate of(Bytes certificate) {
    try {
      var key = Certificate.getInstance(certificate.toArray()).getSubjectPublicKeyInfo();
      return new OfficerCertificate(
          HexFormat.of().formatHex(Fingerprint.sha256(Bytes.of(key.getEncoded("DER")))),
          Base64.getEncoder().encodeToString(certificate.toArray()));
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
