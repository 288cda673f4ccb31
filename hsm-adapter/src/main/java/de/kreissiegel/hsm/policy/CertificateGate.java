package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm.Standing;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** From a TBSCertificate to its kind and what has to be approved of it. */
final class CertificateGate {
  private CertificateGate() {}

  static Passed pass(SignRequest request, CertificateRules rules, KeyFacts key, Instant now)
      throws SigningRefused, NotDer {
    TbsCertificate certificate = TbsCertificate.read(request.toBeSigned().toArray());
    CertificateFacts facts = CertificateFacts.of(certificate);
    CertificateKind kind = CertificateCheck.check(rules, key, certificate, facts, now);
    return new Passed(
        kind.name(),
        Optional.of(claim(certificate)),
        Optional.of(asked(request, kind, certificate, facts)),
        kind.approval());
  }

  private static AskedCertificate asked(
      SignRequest request,
      CertificateKind kind,
      TbsCertificate certificate,
      CertificateFacts facts) {
    return new AskedCertificate(
        request.id(),
        request.key(),
        kind.name(),
        certificate.issuer(),
        certificate.serial(),
        certificate.subject(),
        certificate
            .extensions()
            .find(ObjectNames.SUBJECT_ALTERNATIVE_NAME)
            .map(extension -> Bytes.of(extension.value())),
        certificate.publicKey(),
        certificate.notBefore(),
        certificate.notAfter(),
        facts.organization(),
        certificate
            .extensions()
            .find(OfficerScope.EXTENSION)
            .map(extension -> Bytes.of(extension.value())));
  }

  private static Bytes claim(TbsCertificate certificate) {
    byte[] issuer = certificate.issuer().toArray();
    byte[] serial = certificate.serial().toByteArray();
    byte[] claim = Arrays.copyOf(issuer, issuer.length + serial.length);
    System.arraycopy(serial, 0, claim, issuer.length, serial.length);
    return Bytes.of(claim);
  }

  /** The standing of the algorithm that a key signs with. */
  static Standing standing(KeyFacts key) throws NotDer {
    DerCursor cursor =
        new DerCursor(key.signatureAlgorithm().toArray())
            .into(DerCursor.SEQUENCE, "signature algorithm");
    String identifier = ObjectIdentifiers.next(cursor, "signature algorithm");
    return switch (identifier) {
      // RSASSA-PKCS1-v1_5 with SHA-256, SHA-384, SHA-512 (RFC 8017 Appendix A.2.4).
      case "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13" ->
          Standing.EXCEPTION;
      case "1.3.101.112" -> Standing.OFF;
      // The arc of PKIX's composite algorithms.
      default -> identifier.startsWith("1.3.6.1.5.5.7.6.") ? Standing.EXPERIMENTAL : Standing.USUAL;
    };
  }
}
