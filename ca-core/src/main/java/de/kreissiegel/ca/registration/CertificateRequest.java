package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** Whether it is not at its end. */
  default boolean isOpen() {
    return switch (this) {
      case Submitted _, AwaitingApproval _, Approved _ -> true;
      case Issued _, Refused _, Withdrawn _, Expired _ -> false;
    };
  }

  /**
   * What was asked. Nothing of it ever changes but what officers set of its fields.
   *
   * @param id the request's id
   * @param applicant {@code Actor.auditName()} of who asked
   * @param applicantName for display
   * @param tenant for which tenant
   * @param profile of which kind
   * @param subject the directory's entry as it was when asked
   * @param appointment for which tenants the certificate makes the subject an officer, if it does
   * @param publicKey SubjectPublicKeyInfo, DER, possession proved
   * @param proof the PKCS#10 request that proved it, DER; the vault may want to see it, too
   * @param wishes the names that the CSR wished for, as text, for the officer's eyes
   * @param remark the applicant's words
   * @param submittedAt when
   * @param values what people said of its fields
   * @param order of which order it is a part, if of any
   * @param renews which certificate it shall follow, if any
   * @param keyOrigin where its key was made, as the applicant said; empty if nobody said
   */
  record Content(
      RequestId id,
      String applicant,
      String applicantName,
      TenantId tenant,
      ProfileName profile,
      Subject subject,
      Optional<Appointment> appointment,
      Bytes publicKey,
      Optional<Bytes> proof,
      List<String> wishes,
      String remark,
      Instant submittedAt,
      FieldValues values,
      Optional<OrderId> order,
      Optional<Predecessor> renews,
      Optional<KeyOrigin> keyOrigin) {
    public Content {
      wishes = List.copyOf(wishes);
    }

    /** One whose names all come from the directory, and no part of an order. */
    public Content(
        RequestId id,
        String applicant,
        String applicantName,
        TenantId tenant,
        ProfileName profile,
        Subject subject,
        Optional<Appointment> appointment,
        Bytes publicKey,
        Optional<Bytes> proof,
        List<String> wishes,
        String remark,
        Instant submittedAt) {
      this(
          id,
          applicant,
          applicantName,
          tenant,
          profile,
          subject,
          appointment,
          publicKey,
          proof,
          wishes,
          remark,
          submittedAt,
          FieldValues.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** Whether an officer asked for a device or service for which they don't answer themselves. */
    public boolean isByOffice() {
      return (subject.kind() == SubjectKind.DEVICE || subject.kind() == SubjectKind.SERVICE)
          && applicant.startsWith("person:")
          && subject.responsible().stream().noneMatch(one -> applicant.equals("person:" + one));
    }

    /** Whether its certificate names the subject by a pseudonym. */
    public boolean isPseudonymous() {
      return values.pseudonym().isPresent();
    }

    /**
     * Whom the certificate is filed under: the subject, or, where it names them by a pseudonym, the
     * pseudonym's holder.
     */
    public SubjectId holder() {
      return values.pseudonym().map(Pseudonym::holder).orElse(subject.id());
    }

    /** The same with these values. */
    Content with(FieldValues other) {
      return new Content(
          id,
          applicant,
          applicantName,
          tenant,
          profile,
          subject,
          appointment,
          publicKey,
          proof,
          wishes,
          remark,
          submittedAt,
          other,
          order,
          renews,
          keyOrigin);
    }
  }

  /** Accepted at the door, its way not yet decided. */
  record Submitted(Content content) implements CertificateRequest {
    /**
     * Sends it on its way.
     *
     * @param approvalsNeeded by the profile; with 0 nobody has to decide
     */
    CertificateRequest route(int approvalsNeeded) {
      return approvalsNeeded == 0
          ? new Approved(content, List.of())
          : new AwaitingApproval(content, List.of(), approvalsNeeded);
    }
  }

  /**
   * Officers have to decide.
   *
   * @param approvals given so far
   * @param needed how many the profile asks for, 1 or 2
   * @param waiting what it waits for, and since when
   */
  record AwaitingApproval(Content content, List<Approval> approvals, int needed, Waiting waiting)
      implements CertificateRequest {
    public AwaitingApproval {
      approvals = List.copyOf(approvals);
    }

    /** One that nobody has asked anything about. */
    public AwaitingApproval(Content content, List<Approval> approvals, int needed) {
      this(content, approvals, needed, Waiting.FOR_OFFICERS);
    }

    /** Since when officers could decide. */
    public Instant since() {
      return waiting.answered().orElse(content.submittedAt());
    }

    /**
     * An officer says yes: it is approved, or waits for the other pair of eyes.
     *
     * @throws de.kreissiegel.ca.refusal.Refused OWN_APPLICATION, SAME_OFFICER, WRONG_STATE while
     *     the applicant owes an answer
     */
    CertificateRequest approve(Approval approval) throws de.kreissiegel.ca.refusal.Refused {
      forbidOwn(approval.officer());
      waiting.requireAnswered();
      if (approvals.stream().anyMatch(given -> given.officer().equals(approval.officer()))) {
        throw new de.kreissiegel.ca.refusal.Refused(
            RefusalReason.SAME_OFFICER, "a second officer has to approve");
      }
      var all = new ArrayList<>(approvals);
      all.add(approval);
      return all.size() < needed
          ? new AwaitingApproval(content, all, needed, waiting)
          : new Approved(content, all);
    }

    /**
     * An officer sets what is theirs to set. Who approved before approved something else: nothing
     * of that is left.
     */
    AwaitingApproval set(SubjectId officer, FieldValues values)
        throws de.kreissiegel.ca.refusal.Refused {
      forbidOwn(officer);
      return values.equals(content.values())
          ? this
          : new AwaitingApproval(content.with(values), List.of(), needed, waiting);
    }

    /** The same, and nobody has approved it. */
    AwaitingApproval withoutApprovals() {
      return new AwaitingApproval(content, List.of(), needed, waiting);
    }

    /** The same, waiting for something else. */
    AwaitingApproval with(Waiting other) {
      return new AwaitingApproval(content, approvals, needed, other);
    }

    /** Somebody says no. */
    Refused refuse(String by, String reason, Instant at) {
      return new Refused(content, by, reason, at);
    }

    Withdrawn withdraw(Instant at) {
      return new Withdrawn(content, at);
    }

    Expired expire(Instant at) {
      return new Expired(content, at);
    }

    /**
     * Whoever decides has read this, and nothing of it was changed meanwhile.
     *
     * @throws de.kreissiegel.ca.refusal.Refused WRONG_STATE
     */
    void requireSame(Content read) throws de.kreissiegel.ca.refusal.Refused {
      if (!content.values().equals(read.values())) {
        throw new de.kreissiegel.ca.refusal.Refused(
            RefusalReason.WRONG_STATE, "somebody changed the application meanwhile");
      }
    }

    /** Nobody decides on what they asked for, or what names them. */
    void forbidOwn(SubjectId officer) throws de.kreissiegel.ca.refusal.Refused {
      if (content.applicant().equals("person:" + officer)
          || content.subject().id().equals(officer)) {
        throw new de.kreissiegel.ca.refusal.Refused(
            RefusalReason.OWN_APPLICATION, "the application is the officer's own");
      }
    }
  }

  /** Nothing stands between this and its certificate but the signature. */
  record Approved(Content content, List<Approval> approvals) implements CertificateRequest {
    public Approved {
      approvals = List.copyOf(approvals);
    }

    /** The certificate is there. */
    public Issued issue(AuthorityName authority, SerialNumber serial) {
      return new Issued(content, approvals, authority, serial);
    }

    /** The linter or the vault said no, or the subject left. */
    public Refused refuse(String by, String reason, Instant at) {
      return new Refused(content, by, reason, at);
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
