package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;

/**
 * One request for one certificate, from the door to its end:
 *
 * <pre>
 * Submitted → AwaitingApproval → Approved → Issued
 *                    │               └────→ Refused   (linter or vault said no)
 *                    └→ Refused · Withdrawn · Expired
 * </pre>
 */
public sealed interface CertificateRequest {
  Content content();

  default RequestId id() {
    return content().id();
  }

  /**
   * What was asked; it never changes.
   *
   * @param id the request's id
   * @param applicant {@code Actor.auditName()} of who asked
   * @param applicantName for display
   * @param tenant for which tenant
   * @param profile of which kind
   * @param subject the directory's entry as it was when asked
   * @param publicKey SubjectPublicKeyInfo, DER, possession proved
   * @param wishes the names that the CSR wished for, as text, for the officer's eyes
   * @param remark the applicant's words
   * @param submittedAt when
   */
  record Content(
      RequestId id,
      String applicant,
      String applicantName,
      TenantId tenant,
      ProfileName profile,
      Subject subject,
      Bytes publicKey,
      List<String> wishes,
      String remark,
      Instant submittedAt) {
    public Content {
      wishes = List.copyOf(wishes);
    }
  }

  /** Accepted at the door, its way not yet decided. */
  record Submitted(Content content) implements CertificateRequest {}

  /**
   * Officers have to decide.
   *
   * @param approvals given so far
   * @param needed how many the profile asks for, 1 or 2
   */
  record AwaitingApproval(Content content, List<Approval> approvals, int needed)
      implements CertificateRequest {
    public AwaitingApproval {
      approvals = List.copyOf(approvals);
    }
  }

  /** Nothing stands between this and its certificate but the signature. */
  record Approved(Content content, List<Approval> approvals) implements CertificateRequest {
    public Approved {
      approvals = List.copyOf(approvals);
    }
  }

  /** There is a certificate. */
  record Issued(
      Content content, List<Approval> approvals, AuthorityName authority, SerialNumber serial)
      implements CertificateRequest {
    public Issued {
      approvals = List.copyOf(approvals);
    }
  }

  /**
   * An officer, the linter or the vault said no.
   *
   * @param by who, for display
   * @param reason in words, for the applicant
   * @param at when
   */
  record Refused(Content content, String by, String reason, Instant at)
      implements CertificateRequest {}

  /** The applicant took it back. */
  record Withdrawn(Content content, Instant at) implements CertificateRequest {}

  /** Nobody decided in time. */
  record Expired(Content content, Instant at) implements CertificateRequest {}
}
