package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A check as it is kept.
 *
 * @param subject who was checked
 * @param tenant for which tenant
 * @param check how and on which day
 * @param officer by whom
 * @param officerName for display, as it was then
 * @param at when it was recorded
 * @param request with the decision on which request; empty where the person was confirmed again
 */
public record CheckRecord(
    SubjectId subject,
    TenantId tenant,
    IdentityCheck check,
    SubjectId officer,
    String officerName,
    Instant at,
    Optional<UUID> request) {}
