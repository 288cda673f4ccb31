package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Somebody who has to be confirmed again.
 *
 * @param subject who
 * @param name as their newest application has it
 * @param tenant for which tenant
 * @param checked when they were last checked; empty if that was never recorded
 * @param due until when they should be confirmed
 * @param overdue whether that day is over
 */
public record Due(
    SubjectId subject,
    String name,
    TenantId tenant,
    Optional<LocalDate> checked,
    LocalDate due,
    boolean overdue) {}
