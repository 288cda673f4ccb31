package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;

/** Holds a TBSCertificate against a key's rules, and says of which kind it is. */
final class CertificateCheck {
  /** So that its DER has 16 octets at least and, as RFC 5280 §4.1.2.2 has it, 20 at most. */
  private static final int SHORTEST_SERIAL_BITS = 127;

  private static final int LONGEST_SERIAL_BITS = 159;
  private static final int EMPTY_NAME = 2;

  private final CertificateRules rules;
  private final KeyFacts key;
  private final TbsCertificate certificate;
  private final CertificateFacts facts;

  private CertificateCheck(
      CertificateRules rules, KeyFacts key, TbsCertificate certificate, CertificateFacts facts) {
    this.rules = rules;
    this.key = key;
    this.certificate = certificate;
    this.facts = facts;
  }

  /** The certificate's kind, all of whose rules it keeps. */
  static CertificateKind check(
      CertificateRules rules,
      KeyFacts key,
      TbsCertificate certificate,
      CertificateFacts facts,
      Instant now)
      throws SigningRefused, NotDer {
    CertificateCheck check = new CertificateCheck(rules, key, certificate, facts);
    check.frame();
    CertificateKind kind = check.kind();
    KindRefusal refusal = new KindRefusal(kind.name());
    check.validity(kind.validity(), refusal, now);
    if (facts.authority()) {
      check.authority(kind, refusal);
    } else {
      check.endEntity(refusal);
    }
    refusal.require(
        !kind.ownKeysOnly() || key.inVault().test(certificate.publicKey()),
        "own-keys-only",
        "only a key of this vault may have such a certificate");
    if (kind.content().isPresent()) {
      ContentCheck.check(kind.content().get(), rules, key, certificate, facts, refusal);
    }
    return kind;
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
        "the serial number must be positive, of 127 to 159 bits, which are 16 to 20 octets");
  }

  private CertificateKind kind() throws SigningRefused {
    require(
        !facts.authority() || rules.anyAuthority(),
        "no-authorities",
        "this key signs no certificate of an authority");
    require(
        facts.authority() || rules.anyEndEntity(),
        "no-end-entities",
        "this key signs authorities only");
    for (CertificateKind kind : rules.kinds()) {
      if (kind.marks().match(facts)) {
        return kind;
      }
    }
    throw new SigningRefused(
        SigningRefused.Reason.POLICY,
        "kind: its keyUsage, extKeyUsage, certificatePolicies and organisation are those of no kind"
            + " that this key signs");
  }

  private void validity(ValidityRules times, KindRefusal refusal, Instant now)
      throws SigningRefused {
    Instant notBefore = certificate.notBefore();
    Instant notAfter = certificate.notAfter();
    if (notBefore.isBefore(now.minus(times.backdating()))) {
      throw refusal.of(
          "backdating", "notBefore lies more than " + times.backdating() + " in the past");
    }
    if (times.postdating().isPresent() && notBefore.isAfter(now.plus(times.postdating().get()))) {
      throw refusal.of(
          "postdating", "notBefore lies more than " + times.postdating().get() + " in the future");
    }
    refusal.require(notAfter.isAfter(notBefore), "validity", "notAfter is not after notBefore");
    // RFC 5280 §4.1.2.5: the last second belongs to the validity.
    if (Duration.between(notBefore, notAfter).compareTo(times.longest()) > 0) {
      throw refusal.of("longest-validity", "it is valid for longer than " + times.longest());
    }
    if (notAfter.isAfter(rules.notAfterLimit())) {
      throw refusal.of("not-after-limit", "it is valid after " + rules.notAfterLimit());
    }
    if (times.latestEnd().isPresent() && notAfter.isAfter(times.latestEnd().get())) {
      throw refusal.of("latest-end", "it is valid after " + times.latestEnd().get());
    }
  }

  private void authority(CertificateKind kind, KindRefusal refusal) throws SigningRefused {
    boolean own = facts.selfIssued();
    refusal.require(
        certificate.extensions().find(ObjectNames.BASIC_CONSTRAINTS).orElseThrow().critical(),
        "basic-constraints-critical",
        "basicConstraints of an authority must be critical");
    refusal.require(
        certificate.subject().length() > EMPTY_NAME,
        "authority-name",
        "an authority must have a name");
    int longest = kind.pathLength().orElseThrow() - (own ? 0 : 1);
    if (facts.pathLength().isEmpty() || facts.pathLength().getAsInt() > longest) {
      throw refusal.of("path-length", "the path length must be given and at most " + longest);
    }
    refusal.require(
        facts.uses(KeyUsageFlag.KEY_CERT_SIGN),
        "authority-key-usage",
        "an authority's keyUsage must contain keyCertSign");
    refusal.require(
        !own
            || certificate.publicKey().equals(key.publicKey())
            || (kind.links() && key.inVault().test(certificate.publicKey())),
        "self-signed-key",
        "a certificate under the issuer's own name must carry the issuer's own key");
  }

  private void endEntity(KindRefusal refusal) throws SigningRefused {
    refusal.require(
        !facts.selfIssued(), "subject-is-issuer", "an end entity must not bear the issuer's name");
    refusal.require(
        facts.pathLength().isEmpty(), "path-length", "an end entity has no path length");
    refusal.require(
        !facts.uses(KeyUsageFlag.KEY_CERT_SIGN) && !facts.uses(KeyUsageFlag.CRL_SIGN),
        "end-entity-key-usage",
        "an end entity signs neither certificates nor CRLs");
    refusal.require(
        !facts.extendedKeyUsages().contains(ObjectNames.OCSP_SIGNING)
            || key.inVault().test(certificate.publicKey()),
        "ocsp-delegation",
        "only a key of this vault may be an OCSP responder");
  }
}
