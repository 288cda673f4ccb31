package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.util.Optional;

/**
 * A certificate of a run.
 *
 * @param place its place in the order, from 1
 * @param serial its serial number
 * @param tenant whose it is; empty for the system's own
 * @param holder whom it names; empty for the system's own
 */
public record MassItem(
    long place, SerialNumber serial, Optional<TenantId> tenant, Optional<SubjectId> holder) {}
