package de.kreissiegel.ca.revision;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is drawn from, each by the events that tell of it. */
public enum SampleKind {
  /** Certificates, with the approvals before them. */
  ISSUED("certificate.issued"),
  /** What officers, the house or the vault refused. */
  REFUSED("request.refused", "application.refused", "vault.refused"),
  /** Certificates that were taken away, held or let go again. */
  REVOKED("certificate.revoked", "certificate.held", "certificate.released"),
  /** Who stood in for officers or read elsewhere, and whose offices excluded each other. */
  GRANTS("grant.given", "grant.ended", "reading.given", "reading.ended", "access.role-conflict"),
  /** Escrow, and keys that were given out. */
  RECOVERIES(
      "escrow.decided",
      "escrow.ended",
      "recovery.approved",
      "recovery.released",
      "recovery.collected",
      "recovery.refused",
      "key.collected"),
  /** Sealed codes. */
  EMERGENCY(
      "login.emergency",
      "emergency-code.made",
      "emergency-code.withdrawn",
      "emergency-code.acknowledged"),
  /** What changed how the house works, and its large runs. */
  SETTINGS(
      "authority.taken-in",
      "key.listed",
      "mass.begun",
      "mass.finished",
      "plan.consented",
      "plan.released",
      "retention.applied"),
  /** Who was confirmed again, and who was taken for the same human. */
  PEOPLE("person.confirmed", "person.linked", "person.not-the-same"),
  /** What people log in and approve with, and what was handed out. */
  MEANS(
      "securitykey.registered",
      "securitykey.removed",
      "passkey.added",
      "passkey.removed",
      "equipment.out",
      "equipment.returned",
      "equipment.lost",
      "equipment.destroyed"),
  /** Who looked at whose data. */
  READS("person.read"),
  /** What left the house: reports of people, evidence. */
  DISCLOSED("person.report", "evidence.exported");

  private final Set<String> actions;

  SampleKind(String... actions) {
    this.actions = Arrays.stream(actions).collect(Collectors.toUnmodifiableSet());
  }

  /** The actions of its events, in order. */
  public List<String> actions() {
    return actions.stream().sorted().toList();
  }
}
