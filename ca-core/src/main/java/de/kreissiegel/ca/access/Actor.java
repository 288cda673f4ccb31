package de.kreissiegel.ca.access;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Set;

/** Who acts. A door makes one from proved credentials, and from nothing else. */
public sealed interface Actor {
  /** For the audit trail: who, in a form that stays the same. */
  String auditName();

  /**
   * A person who logged in.
   *
   * @param id the person's entry in the directory
   * @param displayName for pages
   * @param login the name they logged in with
   * @param tenants the tenants they work for
   * @param officerFor the tenants whose applications they decide on
   * @param appointsFor the tenants whose registration officers they appoint
   * @param auditorFor the tenants whose affairs they may read
   * @param standsInFor the tenants for whose registration officers they stand in, by grants
   * @param duties the offices of theirs that decide on nothing
   * @param proof how they proved who they are: the offices among these count with a strong one only
   */
  record Person(
      SubjectId id,
      String displayName,
      String login,
      Set<TenantId> tenants,
      Set<TenantId> officerFor,
      Set<TenantId> appointsFor,
      Set<TenantId> auditorFor,
      Set<TenantId> standsInFor,
      Duties duties,
      Proof proof)
      implements Actor {
    public Person {
      tenants = Set.copyOf(tenants);
      officerFor = Set.copyOf(officerFor);
      appointsFor = Set.copyOf(appointsFor);
      auditorFor = Set.copyOf(auditorFor);
      standsInFor = Set.copyOf(standsInFor);
    }

    /** Somebody who stands in for nobody: what the directory alone says. */
    public Person(
        SubjectId id,
        String displayName,
        String login,
        Set<TenantId> tenants,
        Set<TenantId> officerFor,
        Set<TenantId> appointsFor,
        Set<TenantId> auditorFor,
        Proof proof) {
      this(
          id,
          displayName,
          login,
          tenants,
          officerFor,
          appointsFor,
          auditorFor,
          Set.of(),
          Duties.NONE,
          proof);
    }

    /** The same person, having proved who they are in this way. */
    public Person provenBy(Proof other) {
      return as(standsInFor, duties, other);
    }

    /** The same person, standing in for these tenants' officers. */
    public Person standingInFor(Set<TenantId> others) {
      return as(others, duties, proof);
    }

    /**
     * The same person, reading the affairs of these tenants, too, as a revisor: they look there,
     * and sign nothing off.
     */
    public Person reading(Set<TenantId> others) {
      return entrustedWith(duties.withReadingOf(others));
    }

    /** The same person with these duties. */
    public Person entrustedWith(Duties others) {
      return as(standsInFor, others, proof);
    }

    /** Who it is, and which groups of the directory they are in, never changes. */
    private Person as(Set<TenantId> standing, Duties entrusted, Proof proven) {
      return new Person(
          id,
          displayName,
          login,
          tenants,
          officerFor,
          appointsFor,
          auditorFor,
          standing,
          entrusted,
          proven);
    }

    /** The same person at the help desk of these tenants. */
    public Person helping(Set<TenantId> others) {
      return entrustedWith(duties.withHelpFor(others));
    }

    /** The same person, none of whose offices counts because these exclude each other. */
    Person refused(Set<Office> conflicts) {
      return outOfOffice().entrustedWith(Duties.refusing(conflicts));
    }

    /** The same person as somebody who holds no office. */
    Person outOfOffice() {
      return new Person(id, displayName, login, tenants, Set.of(), Set.of(), Set.of(), proof);
    }

    @Override
    public String auditName() {
      return "person:" + id.value();
    }

    /** Whether they hold an office that what they proved themselves by doesn't open. */
    public boolean lacksStrongProof() {
      return !proof.isStrong() && !RoleMatrix.of(this).isEmpty();
    }

    /** Whether they decide on anything, in an office of their own or standing in. */
    public boolean isOfficer() {
      return holdsOwnOffice() || !standsInFor.isEmpty();
    }

    /** Whether the directory has them as an officer. */
    public boolean holdsOwnOffice() {
      return !officerFor.isEmpty() || !appointsFor.isEmpty();
    }

    public boolean isAuditor() {
      return !auditorFor.isEmpty();
    }

    public boolean isHelpDesk() {
      return !duties.helps().isEmpty();
    }
  }

  /**
   * A part of the system itself, as {@code directory} or {@code recovery}.
   *
   * @param component its name
   */
  record Component(String component) implements Actor {
    /** What follows from the directory. */
    public static final Component DIRECTORY = new Component("directory");

    /** What follows where a certificate isn't used. */
    public static final Component DISUSE = new Component("disuse");

    @Override
    public String auditName() {
      return "system:" + component;
    }
  }
}
