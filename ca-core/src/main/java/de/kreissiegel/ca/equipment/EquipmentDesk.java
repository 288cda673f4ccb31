package de.kreissiegel.ca.equipment;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.equipment.Equipment.State;
import de.kreissiegel.ca.equipment.EquipmentBook.Which;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.RevocationReason;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The door for what is handed out and comes back. Nobody hands anything to themselves. */
public final class EquipmentDesk {
  private static final int CANDIDATES = 20;
  private static final int LONGEST_SERIAL = 64;
  private static final int LONGEST_NOTE = 300;

  private final Records records;
  private final SubjectDirectory directory;
  private final RevocationDesk revocation;
  private final Clock clock;
  private final SecureRandom random;

  /** What is written in one transaction, and read. */
  public record Records(
      EquipmentBook equipment,
      CertificateBook certificates,
      Transactions transactions,
      AuditTrail audit) {}

  /**
   * @param random for ids
   */
  public EquipmentDesk(
      Records records,
      SubjectDirectory directory,
      RevocationDesk revocation,
      Clock clock,
      SecureRandom random) {
    this.records = records;
    this.directory = directory;
    this.revocation = revocation;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A thing, and whether it has to come back because its holder left.
   *
   * @param due whether it has
   */
  public record Listed(Equipment equipment, boolean due) {}

  /**
   * Some of what is or was in hands for the tenants whose certificates the actor may see, the
   * newest first.
   *
   * @param tenant for this one alone; empty: for all of them
   * @param offset how many are left out before them
   * @param limit how many at most
   * @throws Refused NOT_AUTHORIZED if there are no such tenants
   */
  public List<Listed> some(
      Actor actor, Optional<TenantId> tenant, Which which, int offset, int limit) throws Refused {
    Set<TenantId> scope = scope(actor, tenant);
    Set<UUID> due = records.equipment().due(scope);
    return records.equipment().of(scope, which, offset, limit).stream()
        .map(one -> new Listed(one, due.contains(one.id())))
        .toList();
  }

  /**
   * How many have to come back.
   *
   * @param tenant for this one alone; empty: for all whose certificates the actor may see
   * @throws Refused NOT_AUTHORIZED if there are none
   */
  public int due(Actor actor, Optional<TenantId> tenant) throws Refused {
    return records.equipment().due(scope(actor, tenant)).size();
  }

  /** Of another's tenant there is nothing. */
  private static Set<TenantId> scope(Actor actor, Optional<TenantId> tenant) throws Refused {
    Set<TenantId> scope = AccessRules.scope(actor, Action.VIEW_CERTIFICATES);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "no tenant's equipment to see");
    }
    return tenant.isEmpty()
        ? scope
        : scope.stream().filter(tenant.get()::equals).collect(Collectors.toSet());
  }

  /**
   * People of a tenant to whom something may be handed, by a part of their name; 20 at most.
   *
   * @throws Refused NOT_AUTHORIZED, DIRECTORY_UNAVAILABLE
   */
  public List<Subject> candidates(Actor.Person officer, TenantId tenant, String text)
      throws Refused {
    requireOfficer(officer, tenant);
    try {
      return directory.search(tenant, SubjectKind.PERSON, text.strip(), CANDIDATES);
    } catch (DirectoryUnavailable down) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
    }
  }

  /**
   * Good certificates of a person for a tenant: those that may be on what they get.
   *
   * @throws Refused NOT_AUTHORIZED
   */
  public List<StoredCertificate> certificatesOf(
      Actor.Person officer, TenantId tenant, SubjectId holder) throws Refused {
    requireOfficer(officer, tenant);
    return records.certificates().ofSubjects(List.of(holder)).stream()
        .filter(one -> one.tenant().filter(tenant::equals).isPresent())
        .filter(one -> !(one.status() instanceof CertificateStatus.Revoked))
        .filter(one -> !one.isExpired(clock.instant()))
        .toList();
  }

  /**
   * Notes that something was handed out.
   *
   * @throws Refused NOT_AUTHORIZED; NOT_FOUND (the holder is nobody of that tenant, or a
   *     certificate isn't theirs); OWN_APPLICATION; BAD_DATA_FORMAT (the serial number);
   *     REASON_MISSING (the note is too long); DUPLICATE (it is out already); DIRECTORY_UNAVAILABLE
   */
  public Equipment handOut(Actor.Person officer, Handout handout) throws Refused {
    requireOfficer(officer, handout.tenant());
    if (officer.id().equals(handout.holder())) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "nobody hands anything to themselves");
    }
    String serial = handout.serial().strip();
    if (serial.isEmpty()
        || serial.length() > LONGEST_SERIAL
        || serial.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a serial number of 1 to 64 characters");
    }
    Subject holder = holder(handout);
    requireTheirs(officer, handout);
    Equipment.Said said = said(officer);
    var equipment =
        new Equipment(
            new UUID(random.nextLong(), random.nextLong()),
            handout.kind(),
            serial,
            handout.tenant(),
            holder.id(),
            holder.commonName(),
            note(handout.note()),
            said,
            State.OUT,
            said,
            "",
            handout.certificates());
    return records
        .transactions()
        .<Equipment, Refused>inTransaction(
            transaction -> {
              if (!records.equipment().insert(transaction, equipment)) {
                throw new Refused(RefusalReason.DUPLICATE, "one of this serial number is out");
              }
              records
                  .audit()
                  .append(
                      transaction,
                      officer,
                      "equipment.out",
                      Optional.of(equipment.tenant()),
                      equipment.auditName(),
                      "kind=%s serial=%s to=person:%s"
                          .formatted(equipment.kind(), serial, holder.id()));
              return equipment;
            });
  }

  /**
   * Notes what became of it.
   *
   * @param note why, at most 300 characters; of what was lost at least one
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION (the holder is the officer),
   *     WRONG_STATE, REASON_MISSING
   */
  public Equipment move(Actor.Person officer, UUID id, State next, String note) throws Refused {
    String words = note(note);
    if (next == State.LOST && words.isEmpty()) {
      throw new Refused(RefusalReason.REASON_MISSING, "how it was lost");
    }
    return records
        .transactions()
        .<Equipment, Refused>inTransaction(
            transaction -> {
              Equipment now =
                  records
                      .equipment()
                      .lock(transaction, id)
                      .filter(
                          one ->
                              AccessRules.allows(officer, Action.VIEW_CERTIFICATES, one.tenant()))
                      .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such equipment"));
              requireOfficer(officer, now.tenant());
              if (now.holder().equals(officer.id()) && next != State.LOST) {
                throw new Refused(RefusalReason.OWN_APPLICATION, "somebody else takes it back");
              }
              if (!now.state().mayBecome(next)) {
                throw new Refused(RefusalReason.WRONG_STATE, "it is " + now.state());
              }
              Equipment moved = now.moved(next, said(officer), words);
              records.equipment().move(transaction, moved);
              records
                  .audit()
                  .append(
                      transaction,
                      officer,
                      "equipment." + next.name().toLowerCase(Locale.ROOT),
                      Optional.of(moved.tenant()),
                      moved.auditName(),
                      words);
              return moved;
            });
  }

  /**
   * Puts the good certificates on hold that are on what was lost.
   *
   * @return how many
   * @throws Refused as {@link RevocationDesk#revoke}
   */
  public int holdCertificates(Actor.Person officer, Equipment lost) throws Refused {
    int held = 0;
    for (Equipment.Link link : lost.certificates()) {
      boolean good =
          records
              .certificates()
              .find(link.authority(), link.serial())
              .filter(one -> one.status() instanceof CertificateStatus.Good)
              .filter(one -> !one.isExpired(clock.instant()))
              .isPresent();
      if (good) {
        revocation.revoke(
            officer,
            link.authority(),
            link.serial(),
            Revocation.of(RevocationReason.CERTIFICATE_HOLD, "lost: " + lost.auditName()));
        held++;
      }
    }
    return held;
  }

  private void requireTheirs(Actor.Person officer, Handout handout) throws Refused {
    Set<Equipment.Link> theirs =
        certificatesOf(officer, handout.tenant(), handout.holder()).stream()
            .map(one -> new Equipment.Link(one.authority(), one.serial()))
            .collect(Collectors.toSet());
    if (!theirs.containsAll(handout.certificates())) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such certificate of theirs");
    }
  }

  private Subject holder(Handout handout) throws Refused {
    try {
      return directory
          .find(handout.holder())
          .filter(one -> one.kind() == SubjectKind.PERSON)
          .filter(one -> one.tenants().contains(handout.tenant()))
          .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "nobody of that tenant"));
    } catch (DirectoryUnavailable down) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
    }
  }

  private static void requireOfficer(Actor.Person officer, TenantId tenant) throws Refused {
    if (!AccessRules.allows(officer, Action.MANAGE_EQUIPMENT, tenant)) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "officers of the tenant hand out");
    }
  }

  private static String note(String text) throws Refused {
    String words = text.strip();
    if (words.length() > LONGEST_NOTE) {
      throw new Refused(RefusalReason.REASON_MISSING, "a note has at most 300 characters");
    }
    return words;
  }

  private Equipment.Said said(Actor.Person officer) {
    return new Equipment.Said(
        officer.id(), officer.displayName(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
