package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of the trail.
 *
 * @param chain the node that wrote it
 * @param sequence its number in that chain, from 1 without a gap
 * @param at when
 * @param actor {@code Actor.auditName()} of who
 * @param actorName for display; empty if it was erased
 * @param action what, as {@code request.approved}, {@code certificate.revoked}
 * @param tenant for which tenant; empty for the system's own affairs
 * @param object of what, as {@code request:…}, {@code certificate:people/0a1b…}
 * @param detail how and why, as text; empty if it was erased
 * @param hash SHA-256 over the hash before it and this event's encoding ({@link EventEncoding})
 */
public record AuditEvent(
    String chain,
    long sequence,
    Instant at,
    String actor,
    String actorName,
    String action,
    Optional<TenantId> tenant,
    String object,
    String detail,
    Bytes hash) {}
