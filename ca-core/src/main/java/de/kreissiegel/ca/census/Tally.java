package de.kreissiegel.ca.census;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.YearMonth;
import java.util.Optional;

/**
 * How many certificates are alike. Only those count that are neither over nor revoked.
 *
 * @param tenant whose they are; empty for the house's own
 * @param key of what kind, as {@code EC P-256}; see {@link de.kreissiegel.ca.x509.KeyKind}
 * @param held whether they are suspended
 * @param ends the month in which they end, UTC
 * @param count how many, at least one
 */
public record Tally(
    Optional<TenantId> tenant,
    ProfileName profile,
    AuthorityName authority,
    String key,
    boolean held,
    YearMonth ends,
    long count) {}
