package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileHistory;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.registration.RequestEvents;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.registration.SystemTenant;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a signed certificate becomes a stored one: certificate, request, audit, outbox at once. */
public final class CertificateIntake {
  private static final CertificateStatus GOOD = new CertificateStatus.Good();

  private static final Actor.Component SELF = new Actor.Component("issuance");

  /** How a certificate came here that was not recovered from the journal. */
  static final String SIGNED = "signed";

  /** The profile of certificates whose request is lost. */
  private static final ProfileName LOST = new ProfileName("recovered");

  private final RequestBook requests;
  private final CertificateBook certificates;
  private final AuditTrail audit;
  private final Outbox outbox;
  private final ProfileCatalog profiles;
  private final ProfileHistory history;

  public CertificateIntake(
      RequestBook requests,
      CertificateBook certificates,
      AuditTrail audit,
      Outbox outbox,
      ProfileCatalog profiles,
      ProfileHistory history) {
    this.requests = requests;
    this.certificates = certificates;
    this.audit = audit;
    this.outbox = outbox;
    this.profiles = profiles;
    this.history = history;
  }

  RequestBook requests() {
    return requests;
  }

  boolean isStored(SignedCertificate signed) {
    return certificates.find(signed.authority().name(), signed.serial()).isPresent();
  }

  /**
   * Takes in what was signed now; the audit trail says what the linter had to remark upon.
   *
   * @param remarks warnings and notices
   */
  void take(
      Transaction transaction, SignedCertificate signed, List<LintFinding> remarks, Instant now) {
    take(transaction, signed, Manner.signed(remarks), now);
  }

  /**
   * Takes in what was found in a vault's journal.
   *
   * @param how {@code recovered}, for the audit trail
   */
  void take(Transaction transaction, SignedCertificate signed, String how, Instant now) {
    take(transaction, signed, new Manner(how, ""), now);
  }

  /**
   * How a certificate came here.
   *
   * @param how {@code signed} or {@code recovered}
   * @param lints what the linter remarked upon, if it is known: ids with commas between them
   */
  private record Manner(String how, String lints) {
    static Manner signed(List<LintFinding> remarks) {
      return new Manner(
          SIGNED,
          remarks.stream()
              .map(remark -> remark.lint().id())
              .distinct()
              .collect(Collectors.joining(",")));
    }

    @Override
    public String toString() {
      return how + (lints.isEmpty() ? "" : " lint=" + lints);
    }
  }

  /** Once; whoever comes second changes nothing. */
  private void take(Transaction transaction, SignedCertificate signed, Manner manner, Instant now) {
    Optional<CertificateRequest> request = requests.lock(transaction, signed.request());
    if (request.isPresent() && isSecond(request.get(), signed)) {
      takeSecond(transaction, signed, now);
      return;
    }
    CertificateStatus status = request.map(state -> statusFor(state, now)).orElse(held(now));
    boolean added =
        certificates.insert(
            transaction,
            stored(signed, request.map(CertificateRequest::content), status, manner.how()),
            SubjectKey.hash(signed.publicKeyInfo()),
            signed.entryHash());
    if (!added) {
      return;
    }
    if (request.isPresent() && complete(transaction, request.get(), signed)) {
      publish(transaction, request.get().content(), signed);
    }
    note(transaction, request, signed, status, manner.toString());
  }

  /**
   * A certificate as it should be: of a request that was approved when it went to the vault.
   *
   * @param remarks the linter's warnings and notices
   */
  record Wanted(
      CertificateRequest.Approved request, SignedCertificate signed, List<LintFinding> remarks) {
    Wanted {
      remarks = List.copyOf(remarks);
    }

    CertificateRequest.Issued issued() {
      return request.issue(signed.authority().name(), signed.serial());
    }
  }

  /**
   * Takes in those whose request is still approved, all in a few round trips.
   *
   * @return for each whether it was taken in; the others are for {@link #take}
   */
  List<Boolean> take(Transaction transaction, List<Wanted> wanted, Instant now) {
    List<Boolean> moved = requests.issue(transaction, wanted.stream().map(Wanted::issued).toList());
    List<Wanted> taken = new ArrayList<>();
    for (int i = 0; i < moved.size(); i++) {
      if (moved.get(i)) {
        taken.add(wanted.get(i));
      }
    }
    insert(transaction, taken);
    for (Wanted one : taken) {
      publish(transaction, one.request().content(), one.signed());
      note(
          transaction,
          Optional.of(one.request()),
          one.signed(),
          GOOD,
          Manner.signed(one.remarks()).toString());
    }
    return moved;
  }

  private void insert(Transaction transaction, List<Wanted> taken) {
    List<CertificateBook.NewCertificate> news = new ArrayList<>();
    for (Wanted one : taken) {
      SignedCertificate signed = one.signed();
      news.add(
          new CertificateBook.NewCertificate(
              stored(signed, Optional.of(one.request().content()), GOOD, SIGNED),
              SubjectKey.hash(signed.publicKeyInfo()),
              signed.entryHash()));
    }
    if (!news.isEmpty() && certificates.insert(transaction, news).contains(false)) {
      throw new IllegalStateException("a certificate was there before its request was issued");
    }
  }

  private static boolean isSecond(CertificateRequest request, SignedCertificate signed) {
    return request instanceof CertificateRequest.Issued issued
        && !(issued.authority().equals(signed.authority().name())
            && issued.serial().equals(signed.serial()));
  }

  /**
   * A request has one certificate, but two vaults can't see each other's journals: a second one is
   * held, apart from the request, until somebody has looked.
   */
  private void takeSecond(Transaction transaction, SignedCertificate signed, Instant now) {
    StoredCertificate second =
        stored(signed, Optional.empty(), held(now), "second").withoutRequest();
    if (certificates.insert(
        transaction, second, SubjectKey.hash(signed.publicKeyInfo()), signed.entryHash())) {
      note(transaction, Optional.empty(), signed, second.status(), "second");
    }
  }

  /** Somebody asked the vault for what its policy forbids: by mistake, or because they broke in. */
  void noteRefusal(Transaction transaction, JournalRecord refusal) {
    audit.append(
        transaction,
        SELF,
        "vault.refused",
        Optional.empty(),
        "journal:" + refusal.index(),
        String.join(
            " ",
            List.of(
                "request=" + refusal.requestId(),
                "key=" + refusal.key(),
                "structure=" + refusal.structure(),
                "rule=" + refusal.rule())));
  }

  /** Linter or vault said no. */
  CertificateRequest refuse(
      Transaction transaction,
      CertificateRequest.Approved approved,
      String by,
      String reason,
      Instant now) {
    CertificateRequest.Refused refused = approved.refuse(by, reason, now);
    if (!requests.move(transaction, approved, refused)) {
      return requests.find(approved.id()).orElse(approved);
    }
    audit.append(
        transaction,
        SELF,
        RequestEvents.actionOf(refused),
        SystemTenant.real(approved.content()),
        RequestEvents.objectOf(refused),
        RequestEvents.detailOf(refused));
    return refused;
  }

  /**
   * What a certificate is at once. The normal one is good. One that was signed although the request
   * had come to another end is revoked: signed is signed, but nobody shall use it. One whose
   * approvals this database doesn't know is held until somebody has looked.
   */
  private static CertificateStatus statusFor(CertificateRequest request, Instant now) {
    return switch (request) {
      case CertificateRequest.Approved _ -> new CertificateStatus.Good();
      case CertificateRequest.Submitted _,
          CertificateRequest.AwaitingApproval _,
          CertificateRequest.Issued _ ->
          held(now);
      case CertificateRequest.Refused _,
          CertificateRequest.Withdrawn _,
          CertificateRequest.Expired _ ->
          new CertificateStatus.Revoked(now, RevocationReason.PRIVILEGE_WITHDRAWN);
    };
  }

  private static CertificateStatus held(Instant now) {
    return new CertificateStatus.OnHold(now);
  }

  private boolean complete(
      Transaction transaction, CertificateRequest request, SignedCertificate signed) {
    Optional<CertificateRequest> issued =
        switch (request) {
          case CertificateRequest.Approved approved ->
              Optional.of(approved.issue(signed.authority().name(), signed.serial()));
          case CertificateRequest.AwaitingApproval waiting ->
              Optional.of(
                  new CertificateRequest.Issued(
                      waiting.content(),
                      waiting.approvals(),
                      signed.authority().name(),
                      signed.serial()));
          default -> Optional.empty();
        };
    if (issued.isEmpty()) {
      return false;
    }
    if (!requests.move(transaction, request, issued.get())) {
      throw new IllegalStateException("a locked request moved: " + request.id());
    }
    return request instanceof CertificateRequest.Approved;
  }

  private void publish(
      Transaction transaction, CertificateRequest.Content content, SignedCertificate signed) {
    boolean wanted =
        profiles.find(content.profile()).map(CertificateProfile::published).orElse(false);
    if (wanted && !SystemTenant.owns(content)) {
      outbox.enqueue(
          transaction,
          Outbox.Task.PUBLISH,
          content.subject().id(),
          signed.authority().name(),
          signed.serial());
    }
  }

  private void note(
      Transaction transaction,
      Optional<CertificateRequest> request,
      SignedCertificate signed,
      CertificateStatus status,
      String how) {
    String certificate = "certificate:" + signed.authority().name() + "/" + signed.serial();
    // Whose a pseudonym is the trail doesn't tell: it names the certificate, and not the request.
    boolean veiled = request.filter(state -> state.content().isPseudonymous()).isPresent();
    audit.append(
        transaction,
        SELF,
        "certificate.issued",
        request.flatMap(state -> SystemTenant.real(state.content())),
        request.filter(_ -> !veiled).map(RequestEvents::objectOf).orElse(certificate),
        String.join(
            " ",
            List.of(
                "certificate=" + signed.authority().name() + "/" + signed.serial(),
                "request=" + (veiled ? "(withheld)" : signed.request()),
                "journal=" + signed.journalIndex(),
                "how=" + how,
                "status=" + word(status),
                "subject=" + signed.subjectName())));
    if (!(status instanceof CertificateStatus.Good)) {
      audit.append(
          transaction,
          SELF,
          status instanceof CertificateStatus.OnHold ? "certificate.held" : "certificate.revoked",
          request.flatMap(state -> SystemTenant.real(state.content())),
          certificate,
          "reason=signed but not wanted: "
              + request.map(state -> state.getClass().getSimpleName()).orElse("no such request"));
    }
  }

  private static String word(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good _ -> "good";
      case CertificateStatus.OnHold _ -> "hold";
      case CertificateStatus.Revoked _ -> "revoked";
    };
  }

  private StoredCertificate stored(
      SignedCertificate signed,
      Optional<CertificateRequest.Content> content,
      CertificateStatus status,
      String how) {
    var tbs = signed.parsed();
    Instant notBefore = tbs.getStartDate().getDate().toInstant();
    return new StoredCertificate(
        signed.authority().name(),
        signed.serial(),
        signed.encoded(),
        content.map(CertificateRequest.Content::profile).orElse(LOST),
        content.map(known -> version(known.profile(), how, notBefore)).orElse(0),
        content.flatMap(SystemTenant::real),
        content.filter(known -> !SystemTenant.owns(known)).map(CertificateRequest.Content::holder),
        signed.subjectName(),
        AlternativeNames.textOf(tbs),
        Optional.of(signed.request()),
        notBefore,
        tbs.getEndDate().getDate().toInstant(),
        status,
        signed.journalIndex());
  }

  /** What was just signed was drafted by the catalog at hand; what is recovered, perhaps not. */
  private int version(ProfileName name, String how, Instant notBefore) {
    return how.equals(SIGNED)
        ? profiles.find(name).map(CertificateProfile::version).orElse(0)
        : history.versionAt(name, notBefore.plus(CertificateDrafts.BACKDATING));
  }
}
