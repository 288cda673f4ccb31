package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which certificates are to be followed by others: the good ones that are all of this. A
 * certificate that isn't all of it any more has reached the goal.
 *
 * @param tenants of one of these; at least one
 * @param profile of this kind
 * @param authority issued by this authority, one generation of it
 * @param keyKind with such a key, as {@code RSA 2048} ({@link de.kreissiegel.ca.x509.KeyKind})
 * @param endsBefore valid until before this time
 */
public record Goal(
    Set<TenantId> tenants,
    Optional<ProfileName> profile,
    Optional<AuthorityName> authority,
    Optional<String> keyKind,
    Optional<Instant> endsBefore) {
  public Goal {
    tenants = Set.copyOf(tenants);
  }

  /** Whether a new certificate of the same kind can be something else than the old one was. */
  boolean saysWhatChanges() {
    return authority.isPresent() || keyKind.isPresent() || endsBefore.isPresent();
  }

  /** The same as a search of the inventory would say it; the key's kind is none of its filters. */
  public CertificateQuery.Filter filter() {
    return new CertificateQuery.Filter(
        Optional.empty(),
        Optional.empty(),
        profile,
        authority,
        Optional.of(CertificateQuery.State.VALID),
        Optional.empty(),
        endsBefore);
  }
}
