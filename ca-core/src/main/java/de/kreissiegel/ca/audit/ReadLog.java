package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.GroupCommit;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Notes who read what of other people, as events {@code person.read}: one for each thing that was
 * looked at, and one for each page of a list, with how many it showed and the digest of what was
 * looked for. No record, no answer. What the system reads for itself, and what people read of
 * themselves, is not written down. Those who read at the same time share a transaction: each by
 * itself they would queue for the chain, with a connection in each one's hand. Where a commit fails
 * and nobody knows whether it did, a reading may be noted twice.
 */
public final class ReadLog {
  private static final String ACTION = "person.read";

  private final AuditTrail audit;
  private final GroupCommit.Door<Reading, Boolean> noting;

  public ReadLog(AuditTrail audit, Transactions transactions) {
    this.audit = audit;
    this.noting = new GroupCommit(transactions).door(this::write);
  }

  private record Reading(Actor actor, Optional<TenantId> tenant, String object, String detail) {}

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
      noting.commit(new Reading(actor, tenant, object, detail));
    }
  }

  private List<Boolean> write(Transaction transaction, List<Reading> readings) {
    return readings.stream()
        .map(
            one -> {
              audit.append(
                  transaction, one.actor(), ACTION, one.tenant(), one.object(), one.detail());
              return true;
            })
        .toList();
  }

  private static String digest(Object query) {
    return Bytes.of(query.toString().getBytes(StandardCharsets.UTF_8)).sha256().toHex();
  }
}
