package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.Optional;

/** Each step as the audit trail tells it. */
final class RecoveryTrail {
  static final Actor SYSTEM = new Actor.Component("escrow");

  private final AuditTrail audit;

  RecoveryTrail(AuditTrail audit) {
    this.audit = audit;
  }

  void note(Transaction transaction, Actor actor, String action, Recovery recovery, String detail) {
    audit.append(
        transaction,
        actor,
        action,
        Optional.of(recovery.terms().tenant()),
        recovery.auditName(),
        detail);
  }

  /** What was done with one key. */
  void ofKey(
      Transaction transaction,
      Actor actor,
      String action,
      Recovery recovery,
      Recovery.Item item,
      String detail) {
    audit.append(
        transaction,
        actor,
        action,
        Optional.of(recovery.terms().tenant()),
        "certificate:" + item.authority() + "/" + item.serial(),
        "recovery=" + recovery.id() + (detail.isEmpty() ? "" : " " + detail));
  }
}
