package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as it stands in the database, nothing of it believed: the verifier's view. Whoever
 * changed it may have written what is no tenant's name.
 */
public record WrittenEvent(
    String chain,
    long sequence,
    Instant at,
    String actor,
    String actorName,
    String action,
    Optional<String> tenant,
    String object,
    String detail,
    Bytes hash) {
  static WrittenEvent of(AuditEvent event) {
    return new WrittenEvent(
        event.chain(),
        event.sequence(),
        event.at(),
        event.actor(),
        event.actorName(),
        event.action(),
        event.tenant().map(TenantId::value),
        event.object(),
        event.detail(),
        event.hash());
  }

  /** The hash that it must have in this place of its chain. */
  Bytes hashAt(long place, Bytes before) {
    return EventEncoding.hash(before, this, place);
  }

  /** Whether it and its hash belong into this place. */
  boolean fits(long place, Bytes before) {
    return hash.equals(hashAt(place, before));
  }
}
