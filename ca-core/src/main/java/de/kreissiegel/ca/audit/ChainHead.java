package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far a chain goes.
 *
 * @param chain the node that writes it
 * @param sequence the number of its last event; 0 if it has none
 * @param hash that event's hash; 32 zero octets if it has none
 */
public record ChainHead(String chain, long sequence, Bytes hash) {
  private static final Bytes NOTHING = Bytes.of(new byte[32]);

  /** The head of a chain without events. */
  public static ChainHead ofEmpty(String chain) {
    return new ChainHead(chain, 0, NOTHING);
  }

  /** The event that follows. Its time is kept in microseconds, as the database does. */
  public AuditEvent next(
      Instant at,
      String actor,
      String actorName,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail) {
    var unhashed =
        new AuditEvent(
            chain,
            sequence + 1,
            at.truncatedTo(ChronoUnit.MICROS),
            AuditText.clean(actor),
            AuditText.clean(actorName),
            AuditText.clean(action),
            tenant,
            AuditText.clean(object),
            AuditText.cut(AuditText.clean(detail)),
            NOTHING);
    return unhashed.withHash(WrittenEvent.of(unhashed).hashAt(sequence + 1, hash));
  }

  /** The head that an event is. */
  static ChainHead at(WrittenEvent event) {
    return new ChainHead(event.chain(), event.sequence(), event.hash());
  }
}
