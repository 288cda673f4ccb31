package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;

/**
 * How many certificates a run would concern.
 *
 * @param turn when they come; responders are left out of runs
 * @param profile of which profile
 * @param tenant whose; empty for the system's own
 * @param count how many
 */
public record PlanLine(Turn turn, ProfileName profile, Optional<TenantId> tenant, long count) {}
