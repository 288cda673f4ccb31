package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.hsm.policy.CertificateRules;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.ListRules;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * A policy for an authority whose certificate another one made: its subjectKeyIdentifier may be
 * computed in another way than the vault does, and what it signs has to carry just that (RFC 5280
 * §4.2.1.1).
 */
public final class IdentifiedPolicy {
  private IdentifiedPolicy() {}

  /** The policy as it fits this authority; unchanged where the vault computes the same. */
  public static KeyPolicy of(Authority authority, KeyPolicy policy) {
    byte[] bits =
        Certificate.getInstance(authority.certificate().toArray())
            .getSubjectPublicKeyInfo()
            .getPublicKeyData()
            .getOctets();
    Bytes identifier = authority.subjectKeyIdentifier();
    return identifier.equals(Bytes.of(AuthorityTbs.identifier(bits)))
        ? policy
        : new KeyPolicy(
            policy.certificates().map(rules -> with(rules, identifier)),
            policy.lists().map(rules -> with(rules, identifier)),
            policy.ocsp(),
            policy.auditHeads(),
            policy.ceremony(),
            policy.lesser(),
            policy.officers(),
            policy.terms());
  }

  private static CertificateRules with(CertificateRules rules, Bytes identifier) {
    return new CertificateRules(
        rules.issuer(),
        Optional.of(identifier),
        rules.notAfterLimit(),
        rules.tenants(),
        rules.kinds());
  }

  private static ListRules with(ListRules rules, Bytes identifier) {
    return new ListRules(
        rules.issuer(),
        rules.longestValidity(),
        rules.backdating(),
        Optional.of(identifier),
        rules.forms());
  }
}
