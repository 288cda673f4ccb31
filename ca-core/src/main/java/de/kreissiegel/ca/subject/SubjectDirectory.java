package de.kreissiegel.ca.subject;

import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Optional;

/** The shared directory, as far as the authority asks it. It answers as of now. */
public interface SubjectDirectory {
  /** The subject with this id, disabled ones too; empty if there is no such entry. */
  Optional<Subject> find(SubjectId id) throws DirectoryUnavailable;

  /**
   * Subjects of a tenant whose name, login, mail or DNS name contains a text, without regard to
   * case.
   *
   * @param atMost how many at most, 1 to 500
   */
  List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable;

  /** What a person answers for: function mailboxes, devices and services. */
  List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable;

  /**
   * Groups of a tenant whose name contains a text, without regard to case, in order of their names.
   * None where the directory shows none.
   *
   * @param atMost how many at most, 1 to 500
   */
  default List<SubjectGroup> groups(TenantId tenant, String text, int atMost)
      throws DirectoryUnavailable {
    return List.of();
  }

  /**
   * Who is in a group of a tenant and works for that tenant, through groups within it, in order of
   * their names. Nobody, if it isn't the tenant's.
   *
   * @param atMost how many at most
   */
  default List<Subject> members(TenantId tenant, SubjectId group, int atMost)
      throws DirectoryUnavailable {
    return List.of();
  }

  /**
   * Who is in the groups that make revisors; 50 at most. Nobody where the directory has no such
   * group.
   */
  default List<Subject> revisors() throws DirectoryUnavailable {
    return List.of();
  }

  /** All tenants of the district, in order of their names. */
  List<Tenant> tenants() throws DirectoryUnavailable;
}
