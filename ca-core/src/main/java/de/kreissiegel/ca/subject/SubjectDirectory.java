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

  /** All tenants of the district, in order of their names. */
  List<Tenant> tenants() throws DirectoryUnavailable;
}
