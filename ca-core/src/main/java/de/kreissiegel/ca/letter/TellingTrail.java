package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An audit trail that notes, in the same transaction, what somebody has to hear of by mail. All
 * that people are told of is an event already, so this is the one place where it is noted.
 */
public final class TellingTrail implements AuditTrail {
  private static final Map<String, LetterKind> TOLD =
      Map.ofEntries(
          Map.entry("request.submitted", LetterKind.WAITING),
          Map.entry("request.approved", LetterKind.WAITING), // by one of two
          Map.entry("request.asked", LetterKind.ASKED),
          Map.entry("request.answered", LetterKind.ANSWERED),
          Map.entry("request.passed-on", LetterKind.OVERDUE),
          Map.entry("grant.proposed", LetterKind.GRANT_PROPOSED),
          Map.entry("grant.given", LetterKind.GRANT),
          Map.entry("reading.proposed", LetterKind.READING_PROPOSED),
          Map.entry("reading.given", LetterKind.READING),
          Map.entry("recovery.requested", LetterKind.RECOVERY_REQUESTED),
          Map.entry("recovery.waiting", LetterKind.RECOVERY_WAITING),
          Map.entry("recovery.released", LetterKind.RECOVERY_RELEASED),
          Map.entry("recovery.offered", LetterKind.RECOVERY_READY),
          Map.entry("request.refused", LetterKind.REFUSED),
          Map.entry("request.expired", LetterKind.EXPIRED),
          Map.entry("certificate.issued", LetterKind.READY),
          Map.entry("certificate.revoked", LetterKind.REVOKED),
          Map.entry("certificate.held", LetterKind.HELD),
          Map.entry("certificate.released", LetterKind.RELEASED),
          Map.entry("certificate.unused", LetterKind.UNUSED),
          Map.entry("application.expected", LetterKind.EXPECTED),
          Map.entry("person.confirmation-due", LetterKind.CONFIRMATION),
          Map.entry("revision.due", LetterKind.REVISION_DUE),
          Map.entry("revision.overdue", LetterKind.REVISION_OVERDUE),
          Map.entry("directory.brake", LetterKind.BRAKE),
          Map.entry("own-certificate.ending", LetterKind.ALARM),
          Map.entry("own-certificate.ended", LetterKind.ALARM),
          Map.entry("access.role-conflict", LetterKind.ALARM),
          Map.entry("login.emergency", LetterKind.ALARM),
          Map.entry("authority.revoked-above", LetterKind.ALARM),
          Map.entry("crl.aging", LetterKind.ALARM),
          Map.entry("crl.stale", LetterKind.ALARM),
          Map.entry("vault.refused", LetterKind.ALARM),
          Map.entry("vault.checkpoint-refused", LetterKind.ALARM));

  private final AuditTrail trail;
  private final LetterBook book;
  private final Clock clock;

  public TellingTrail(AuditTrail trail, LetterBook book, Clock clock) {
    this.trail = trail;
    this.book = book;
    this.clock = clock;
  }

  @Override
  public void append(
      Transaction transaction,
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail) {
    LetterKind kind = TOLD.get(action);
    // What isn't a tenant's is the house's own, of which few hear.
    if (kind != null && (isOfHouse(kind) || tenant.isPresent())) {
      Instant now = clock.instant();
      book.note(
          transaction,
          new Cue(
              action + "/" + object + "@" + now,
              kind,
              object,
              tenant,
              now,
              isOfHouse(kind)
                  ? Map.of("event", action, "detail", detail)
                  : Map.of("actor", actor.auditName(), "actor-name", nameOf(actor))));
    }
    trail.append(transaction, actor, action, tenant, object, detail);
  }

  private static boolean isOfHouse(LetterKind kind) {
    return switch (kind) {
      case ALARM, REVISION_DUE, REVISION_OVERDUE -> true;
      default -> false;
    };
  }

  private static String nameOf(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> person.displayName();
      case Actor.Component component -> component.component();
    };
  }
}
