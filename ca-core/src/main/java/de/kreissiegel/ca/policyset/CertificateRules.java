package de.kreissiegel.ca.policyset;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/** Holds certificates against the rules of a policy set. */
public final class CertificateRules {
  private CertificateRules() {}

  /**
   * What the set finds in a certificate; nothing under {@link PolicySet#RFC5280}.
   *
   * @param certificate DER
   * @param role its place in the hierarchy
   * @param issuerEnd notAfter of its issuer's certificate, if that is known
   * @param time when it is used; some rules begin at a date
   * @throws IllegalArgumentException if these octets are no certificate
   */
  public static List<RuleFinding> check(
      PolicySet set,
      Bytes certificate,
      CertificateRole role,
      Optional<Instant> issuerEnd,
      Instant time) {
    if (set == PolicySet.RFC5280) {
      return List.of();
    }
    var findings = new Findings(set);
    Certificate parsed = Certificate.getInstance(certificate.toArray());
    try {
      FieldRules.check(parsed, findings);
      SignatureRules.check(parsed.getSignatureAlgorithm(), time, findings);
      KeyRules.check(parsed.getSubjectPublicKeyInfo(), findings);
      ValidityRules.check(parsed, role, issuerEnd, findings);
      ExtensionRules.check(parsed, role, findings);
    } catch (IllegalStateException | ClassCastException | ArithmeticException malformed) {
      throw new IllegalArgumentException("a malformed certificate", malformed);
    }
    return findings.list();
  }

  /**
   * What the set finds in the algorithm of another signature, as of a CRL.
   *
   * @param algorithm AlgorithmIdentifier, DER
   * @param time when the signature is used
   */
  public static List<RuleFinding> checkSignature(PolicySet set, Bytes algorithm, Instant time) {
    var findings = new Findings(set);
    SignatureRules.check(AlgorithmIdentifier.getInstance(algorithm.toArray()), time, findings);
    return findings.list();
  }
}
