package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which TBSCertificates a key may sign (RFC 5280 §4.1). The first kind whose marks match is a
 * certificate's kind, and all rules of that kind must hold.
 *
 * @param issuer the DER of the issuer's Name; a certificate must carry exactly these octets
 * @param keyIdentifier what an authorityKeyIdentifier must carry; none: the hash of this key (RFC
 *     7093 §2, method 1)
 * @param notAfterLimit no certificate may be valid after this; the end of the issuer's own
 * @param tenants whose certificates these are; one for each organizationName
 * @param kinds in the order in which they are tried
 * @throws IllegalArgumentException if a kind can never be reached, or a name stands twice
 */
public record CertificateRules(
    Bytes issuer,
    Optional<Bytes> keyIdentifier,
    Instant notAfterLimit,
    List<TenantRules> tenants,
    List<CertificateKind> kinds) {
  public CertificateRules {
    tenants = List.copyOf(tenants);
    kinds = List.copyOf(kinds);
    Set<String> seen = new HashSet<>();
    for (TenantRules tenant : tenants) {
      if (!seen.add(tenant.organization())) {
        throw new IllegalArgumentException(
            "the tenant \"%s\" stands twice; take one away".formatted(tenant.organization()));
      }
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("there is no kind; write one for each profile");
    }
    for (int i = 1; i < kinds.size(); i++) {
      for (int before = 0; before < i; before++) {
        requireReachable(kinds.get(before), kinds.get(i));
      }
    }
  }

  private static void requireReachable(CertificateKind before, CertificateKind kind) {
    if (before.name().equals(kind.name())) {
      throw new IllegalArgumentException(
          "the kind \"%s\" stands twice; rename one".formatted(kind.name()));
    }
    if (before.marks().cover(kind.marks())) {
      throw new IllegalArgumentException(
          ("no certificate is ever of kind \"%s\": the marks of \"%s\" before it match all of its;"
                  + " give one of them a mark of its own, or put the narrower one first")
              .formatted(kind.name(), before.name()));
    }
  }

  boolean anyAuthority() {
    return any(true);
  }

  boolean anyEndEntity() {
    return any(false);
  }

  private boolean any(boolean authority) {
    for (CertificateKind kind : kinds) {
      if (kind.marks().authority() == authority) {
        return true;
      }
    }
    return false;
  }

  Optional<TenantRules> tenant(String organization) {
    for (TenantRules tenant : tenants) {
      if (tenant.organization().equals(organization)) {
        return Optional.of(tenant);
      }
    }
    return Optional.empty();
  }
}
