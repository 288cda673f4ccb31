package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;

/**
 * How many good certificates there are of a kind: what a goal can choose from.
 *
 * @param keyKind as {@code EC P-256}
 */
public record Facet(ProfileName profile, AuthorityName authority, String keyKind, long count) {}
