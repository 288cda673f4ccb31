package de.kreissiegel.ca.review;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is remembered of a subject. */
public interface ReviewBook {
  /** Its newest requests of these tenants, 50 at most. */
  List<CertificateRequest> requests(SubjectId subject, Set<TenantId> tenants);

  /** How the directory had it when it was last read. */
  Optional<Standing> standing(SubjectId subject);

  /** What was seen in the directory and hasn't taken effect. */
  Set<Change.Kind> pending(SubjectId subject);

  /** When it was last seen to be new. */
  Optional<Instant> joined(SubjectId subject);

  /**
   * Whether the tenant has certificates with mail addresses, and none of them is of this domain.
   *
   * @param domain in lower case
   */
  boolean isNewMailDomain(TenantId tenant, String domain);
}
