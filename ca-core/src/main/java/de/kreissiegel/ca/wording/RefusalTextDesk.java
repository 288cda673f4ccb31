package de.kreissiegel.ca.wording;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The door for tenants' own reasons for refusing. A tenant's officers write them; whoever decides
 * on its applications, also standing in, uses them.
 */
public final class RefusalTextDesk {
  /** The most of one tenant. */
  public static final int MOST = 30;

  private final Records records;
  private final Clock clock;
  private final SecureRandom random;

  /** What is written in one transaction. */
  public record Records(RefusalTextBook texts, Transactions transactions, AuditTrail audit) {}

  /**
   * @param random for ids
   */
  public RefusalTextDesk(Records records, Clock clock, SecureRandom random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /** The tenants whose texts somebody writes. */
  public static Set<TenantId> scope(Actor actor) {
    return AccessRules.scope(actor, Action.MANAGE_REFUSAL_TEXTS);
  }

  /** Those that an officer may change, by tenant and title. */
  public List<RefusalText> own(Actor.Person officer) {
    return of(scope(officer));
  }

  /** Those that somebody who decides may use, by tenant and title. */
  public List<RefusalText> usable(Actor.Person officer) {
    return of(AccessRules.scope(officer, Action.DECIDE));
  }

  private List<RefusalText> of(Set<TenantId> tenants) {
    return tenants.isEmpty() ? List.of() : records.texts().of(tenants);
  }

  /**
   * One that the officer may change.
   *
   * @throws Refused NOT_FOUND
   */
  public RefusalText view(Actor.Person officer, UUID id) throws Refused {
    return own(officer).stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(RefusalTextDesk::notFound);
  }

  /**
   * Keeps a new one.
   *
   * @throws Refused NOT_FOUND (not their tenant); BAD_DATA_FORMAT (a word is missing, too long or
   *     not plain text); DUPLICATE (the tenant has {@value #MOST})
   */
  public RefusalText add(Actor.Person officer, TenantId tenant, RefusalText.Words words)
      throws Refused {
    if (!AccessRules.allows(officer, Action.MANAGE_REFUSAL_TEXTS, tenant)) {
      throw notFound();
    }
    requireSound(words);
    var text =
        new RefusalText(new UUID(random.nextLong(), random.nextLong()), tenant, words, now());
    return records
        .transactions()
        .<RefusalText, Refused>inTransaction(
            transaction -> {
              if (!records.texts().insert(transaction, text, MOST)) {
                throw new Refused(RefusalReason.DUPLICATE, "a tenant has " + MOST + " at most");
              }
              note(transaction, officer, text, "added");
              return text;
            });
  }

  /**
   * Changes one's words.
   *
   * @throws Refused NOT_FOUND; BAD_DATA_FORMAT
   */
  public RefusalText change(Actor.Person officer, UUID id, RefusalText.Words words) throws Refused {
    view(officer, id);
    requireSound(words);
    return records
        .transactions()
        .<RefusalText, Refused>inTransaction(
            transaction -> {
              RefusalText old = lock(transaction, officer, id);
              var changed = new RefusalText(id, old.tenant(), words, now());
              records.texts().change(transaction, changed);
              note(transaction, officer, changed, "changed");
              return changed;
            });
  }

  /**
   * Deletes one; what was said with it stays said.
   *
   * @throws Refused NOT_FOUND
   */
  public void remove(Actor.Person officer, UUID id) throws Refused {
    records
        .transactions()
        .<Boolean, Refused>inTransaction(
            transaction -> {
              RefusalText old = lock(transaction, officer, id);
              records.texts().delete(transaction, id);
              note(transaction, officer, old, "removed");
              return true;
            });
  }

  private RefusalText lock(Transaction transaction, Actor.Person officer, UUID id) throws Refused {
    return records
        .texts()
        .lock(transaction, id)
        .filter(one -> AccessRules.allows(officer, Action.MANAGE_REFUSAL_TEXTS, one.tenant()))
        .orElseThrow(RefusalTextDesk::notFound);
  }

  private static void requireSound(RefusalText.Words words) throws Refused {
    if (!words.areSound()) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "a title of 1 to %d and a text of 1 to %d characters"
              .formatted(RefusalText.Words.LONGEST_TITLE, RefusalText.Words.LONGEST_TEXT));
    }
  }

  private void note(Transaction transaction, Actor officer, RefusalText text, String what) {
    records
        .audit()
        .append(
            transaction,
            officer,
            "refusal-text." + what,
            Optional.of(text.tenant()),
            text.auditName(),
            text.words().title());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Refused notFound() {
    return new Refused(RefusalReason.NOT_FOUND, "no such text");
  }
}
