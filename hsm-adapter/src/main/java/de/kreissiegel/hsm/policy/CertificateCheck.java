package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Holds a TBSCertificate against a key's rules. */
final class CertificateCheck {
  private static final int SHORTEST_SERIAL_BITS = 64;
  private static final int LONGEST_SERIAL_BITS = 159;
  private static final int EMPTY_NAME = 2;

  private final CertificateRules rules;
  private final KeyFacts key;
  private final TbsCertificate certificate;

  private CertificateCheck(CertificateRules rules, KeyFacts key, TbsCertificate certificate) {
    this.rules = rules;
    this.key = key;
    this.certificate = certificate;
  }

  static void check(CertificateRules rules, KeyFacts key, TbsCertificate certificate, Instant now)
      throws SigningRefused, NotDer {
    CertificateCheck check = new CertificateCheck(rules, key, certificate);
    check.frame();
    check.validity(now);
    if (check.isAuthority()) {
      check.authority();
    } else {
      check.endEntity();
    }
  }

  private void frame() throws SigningRefused {
    require(
        certificate.issuer().equals(rules.issuer()),
        "issuer",
        "the certificate names another issuer than this key's");
    require(
        certificate.algorithm().equals(key.signatureAlgorithm()),
        "signature-algorithm",
        "the algorithm in the certificate is not this key's");
    int bits = certificate.serial().bitLength();
    require(
        certificate.serial().signum() > 0
            && bits >= SHORTEST_SERIAL_BITS
            && bits <= LONGEST_SERIAL_BITS,
        "serial-number",
        "the serial number must be positive, of 64 bits at least and 20 octets at most");
  }

  private void validity(Instant now) throws SigningRefused {
    require(
        !certificate.notBefore().isBefore(now.minus(rules.backdating())),
        "backdating",
        "notBefore lies more than " + rules.backdating() + " in the past");
    require(
        certificate.notAfter().isAfter(certificate.notBefore()),
        "validity",
        "notAfter is not after notBefore");
    // RFC 5280 §4.1.2.5: the last second belongs to the validity.
    require(
        Duration.between(certificate.notBefore(), certificate.notAfter())
                .compareTo(rules.longestValidity())
            <= 0,
        "longest-validity",
        "it is valid for longer than " + rules.longestValidity());
    require(
        !certificate.notAfter().isAfter(rules.notAfterLimit()),
        "not-after-limit",
        "it is valid after " + rules.notAfterLimit());
  }

  private boolean isAuthority() throws NotDer {
    var constraints = certificate.extensions().find(ExtensionList.BASIC_CONSTRAINTS);
    return constraints.isPresent() && basicConstraints(constraints.get().value()).isCA();
  }

  private void authority() throws SigningRefused, NotDer {
    require(
        rules.authorityPathLength().isPresent(),
        "no-authorities",
        "this key signs no certificate of an authority");
    boolean own = certificate.subject().equals(rules.issuer());
    var extension = certificate.extensions().find(ExtensionList.BASIC_CONSTRAINTS).orElseThrow();
    require(
        extension.critical(),
        "basic-constraints-critical",
        "basicConstraints of an authority must be critical");
    require(
        certificate.subject().length() > EMPTY_NAME,
        "authority-name",
        "an authority must have a name");
    OptionalInt length = pathLength(basicConstraints(extension.value()));
    int longest = rules.authorityPathLength().orElseThrow() - (own ? 0 : 1);
    require(
        length.isPresent() && length.getAsInt() <= longest,
        "path-length",
        "the path length must be given and at most " + longest);
    require(
        usage(KeyUsage.keyCertSign),
        "authority-key-usage",
        "an authority's keyUsage must contain keyCertSign");
    require(
        !own || certificate.publicKey().equals(key.publicKey()),
        "self-signed-key",
        "a certificate under the issuer's own name must carry the issuer's own key");
  }

  private void endEntity() throws SigningRefused, NotDer {
    require(rules.endEntities(), "no-end-entities", "this key signs authorities only");
    require(
        !certificate.subject().equals(rules.issuer()),
        "subject-is-issuer",
        "an end entity must not bear the issuer's name");
    var constraints = certificate.extensions().find(ExtensionList.BASIC_CONSTRAINTS);
    require(
        constraints.isEmpty() || pathLength(basicConstraints(constraints.get().value())).isEmpty(),
        "path-length",
        "an end entity has no path length");
    require(
        !usage(KeyUsage.keyCertSign) && !usage(KeyUsage.cRLSign),
        "end-entity-key-usage",
        "an end entity signs neither certificates nor CRLs");
    require(
        !delegatesOcsp() || key.inVault().test(certificate.publicKey()),
        "ocsp-delegation",
        "only a key of this vault may be an OCSP responder");
  }

  private boolean usage(int bit) throws NotDer {
    var extension = certificate.extensions().find(ExtensionList.KEY_USAGE);
    if (extension.isEmpty()) {
      return false;
    }
    byte[] value = extension.get().value();
    return Parsed.of("keyUsage", value, () -> KeyUsage.getInstance(value)).hasUsages(bit);
  }

  private boolean delegatesOcsp() throws NotDer {
    var extension = certificate.extensions().find(ExtensionList.EXTENDED_KEY_USAGE);
    if (extension.isEmpty()) {
      return false;
    }
    byte[] value = extension.get().value();
    return Parsed.of("extKeyUsage", value, () -> ExtendedKeyUsage.getInstance(value))
        .hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning);
  }

  private static BasicConstraints basicConstraints(byte[] value) throws NotDer {
    return Parsed.of("basicConstraints", value, () -> BasicConstraints.getInstance(value));
  }

  private static OptionalInt pathLength(BasicConstraints constraints) throws NotDer {
    ASN1Integer length = constraints.getPathLenConstraintInteger();
    if (length == null) {
      return OptionalInt.empty();
    }
    if (length.getValue().signum() < 0 || length.getValue().bitLength() > 15) {
      throw new NotDer("basicConstraints: an impossible path length");
    }
    return OptionalInt.of(length.intValueExact());
  }
}
