package de.kreissiegel.ca.census;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.LocalDate;

/**
 * How many good certificates of a tenant and a kind end on a day.
 *
 * @param day as the district counts days
 */
public record ExpiryTally(TenantId tenant, ProfileName profile, LocalDate day, long count) {}
