package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;

/**
 * Whose keys somebody wants; nothing of it was checked.
 *
 * @param owner whom the certificates name
 * @param reason in words, 1 to 500 characters
 * @param collector name of the person of the tenant who gets the file; empty for who asks
 */
public record RecoveryWish(SubjectId owner, TenantId tenant, String reason, String collector) {}
