package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Notes who read what of other people, as events {@code person.read}: one for each thing that was
 * looked at, and one for each page of a list, with how many it showed and the digest of what was
 * looked for. No record, no answer. What the system reads for itself, and what people read of
 * themselves, is not written down.
 */
public final class ReadLog {
  private static final String ACTION = "person.read";

  private final AuditTrail audit;
  private final Transactions transactions;

  public ReadLog(AuditTrail audit, Transactions transactions) {
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * One thing was looked at.
   *
   * @param object as in other events: {@code certificate:…}, {@code request:…}
   */
  public void viewed(Actor actor, Optional<TenantId> tenant, String object) {
    note(actor, tenant, object, "");
  }

  /**
   * The same with words of why.
   *
   * @param detail as {@code reason=…}
   */
  public void viewed(Actor actor, Optional<TenantId> tenant, String object, String detail) {
    note(actor, tenant, object, detail);
  }

  /**
   * A page of a list was looked at.
   *
   * @param list which, as {@code certificates}
   * @param query what was looked for, in any form that is the same for the same
   * @param found how many were shown; if none, nobody was read about
   */
  public void listed(Actor actor, Optional<TenantId> tenant, String list, Object query, int found) {
    if (found > 0) {
      note(actor, tenant, "list:" + list, "found=" + found + " query=sha256:" + digest(query));
    }
  }

  private void note(Actor actor, Optional<TenantId> tenant, String object, String detail) {
    if (actor instanceof Actor.Person) {
      transactions.<Boolean, RuntimeException>inTransaction(
          transaction -> {
            audit.append(transaction, actor, ACTION, tenant, object, detail);
            return true;
          });
    }
  }

  private static String digest(Object query) {
    return Bytes.of(query.toString().getBytes(StandardCharsets.UTF_8)).sha256().toHex();
  }
}
