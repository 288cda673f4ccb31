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

  /**
   * The event that follows. Its time is kept in microseconds, as the database does.
   *
   * @param salt for the commitment to its words, {@value SaltedWords#SALT} octets of chance
   */
  public WrittenEvent next(
      Instant at,
      String actor,
      String actorName,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail,
      Bytes salt) {
    var words =
        new SaltedWords(salt, AuditText.clean(actorName), AuditText.cut(AuditText.clean(detail)));
    var unhashed =
        new WrittenEvent(
            chain,
            sequence + 1,
            at.truncatedTo(ChronoUnit.MICROS),
            AuditText.clean(actor),
            AuditText.clean(action),
            tenant.map(TenantId::value),
            AuditText.clean(object),
            WrittenEvent.Committed.to(words),
            NOTHING);
    return unhashed.withHash(unhashed.hashAt(sequence + 1, hash));
  }

  /** The head that an event is. */
  static ChainHead at(WrittenEvent event) {
    return new ChainHead(event.chain(), event.sequence(), event.hash());
  }
}
