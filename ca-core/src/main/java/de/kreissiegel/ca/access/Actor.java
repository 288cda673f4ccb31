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
   */
  record Person(
      SubjectId id,
      String displayName,
      String login,
      Set<TenantId> tenants,
      Set<TenantId> officerFor,
      Set<TenantId> appointsFor,
      Set<TenantId> auditorFor)
      implements Actor {
    public Person {
      tenants = Set.copyOf(tenants);
      officerFor = Set.copyOf(officerFor);
      appointsFor = Set.copyOf(appointsFor);
      auditorFor = Set.copyOf(auditorFor);
    }

    /** Somebody who appoints nobody. */
    public Person(
        SubjectId id,
        String displayName,
        String login,
        Set<TenantId> tenants,
        Set<TenantId> officerFor,
        Set<TenantId> auditorFor) {
      this(id, displayName, login, tenants, officerFor, Set.of(), auditorFor);
    }

    @Override
    public String auditName() {
      return "person:" + id.value();
    }

    /** Whether they decide on anything. */
    public boolean isOfficer() {
      return !officerFor.isEmpty() || !appointsFor.isEmpty();
    }

    public boolean isAuditor() {
      return !auditorFor.isEmpty();
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

    @Override
    public String auditName() {
      return "system:" + component;
    }
  }
}
