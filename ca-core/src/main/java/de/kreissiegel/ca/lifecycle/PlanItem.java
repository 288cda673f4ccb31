package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/**
 * What is to follow for one subject from one change in a directory.
 *
 * @param id its number; 0 before it is stored
 * @param tenant whose officers it concerns
 * @param lost of a mover, the tenants for which they don't work any more; of what is unused, whose
 *     it is
 * @param cause how it was seen, in English and without names
 * @param name the subject's display name, for officers; empty once it is settled
 * @param drastic whether somebody loses something by it
 */
public record PlanItem(
    long id,
    DirectoryName directory,
    SubjectId subject,
    TenantId tenant,
    Change.Kind kind,
    Set<TenantId> lost,
    String cause,
    String name,
    boolean drastic,
    Instant seenAt) {
  public PlanItem {
    lost = Set.copyOf(lost);
  }

  static PlanItem of(Change change, boolean drastic, Instant now) {
    return new PlanItem(
        0,
        change.entry().directory(),
        change.subject(),
        change.lost().stream()
            .sorted(Comparator.comparing(TenantId::value))
            .findFirst()
            .orElse(change.entry().home()),
        change.kind(),
        change.lost(),
        change.cause(),
        change.entry().displayName(),
        drastic,
        now);
  }

  /** How the audit trail tells of it, beside what was done. */
  String note() {
    String change = cause + "; change " + id;
    return kind == Change.Kind.UNUSED ? change : change + " in the directory " + directory;
  }

  /** Who does what follows. */
  Actor.Component actor() {
    return kind == Change.Kind.UNUSED ? Actor.Component.DISUSE : Actor.Component.DIRECTORY;
  }
}
