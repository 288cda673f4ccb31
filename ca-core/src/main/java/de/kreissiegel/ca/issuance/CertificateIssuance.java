package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.lint.LintContext;
import de.kreissiegel.ca.lint.LintFinding;
import de.kreissiegel.ca.lint.LintedTbsCertificate;
import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Issuing;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.registration.SeenAtOpening;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.transaction.GroupCommit;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.SecurityKeyApproval;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes certificates of approved requests. Nothing else has the vault sign a certificate. */
public final class CertificateIssuance implements Issuing {
  private static final System.Logger LOG = System.getLogger(CertificateIssuance.class.getName());

  /** Longer than any answer of the vault is waited for. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final CertificateDrafts drafts;
  private final Signer signer;
  private final IssuingKeys keys;
  private final JournalRecovery recovery;
  private final CertificateIntake intake;
  private final Linter linter;
  private final GroupCommit transactions;
  private final GroupCommit.Door<CertificateIntake.Wanted, Boolean> storing;
  private final Clock clock;
  private final String holder = UUID.randomUUID().toString();

  public CertificateIssuance(
      CertificateDrafts drafts,
      Linter linter,
      Signer signer,
      JournalRecovery recovery,
      CertificateIntake intake,
      GroupCommit transactions,
      Clock clock) {
    this.drafts = drafts;
    this.linter = linter;
    this.signer = signer;
    this.keys = new IssuingKeys(signer);
    this.recovery = recovery;
    this.intake = intake;
    this.transactions = transactions;
    this.storing =
        transactions.door((transaction, wanted) -> intake.take(transaction, wanted, now()));
    this.clock = clock;
  }

  @Override
  public CertificateRequest issue(CertificateRequest.Approved approved) {
    Instant now = now();
    return switch (intake.requests().lease(approved.id(), holder, now, now.plus(LEASE))) {
      case TAKEN -> current(approved);
      case NEW -> let(approved, issueLeased(approved, false, Optional.empty()));
      case IN_DOUBT -> let(approved, issueLeased(approved, true, Optional.empty()));
    };
  }

  @Override
  public RequestBook.Hold hold() {
    return new RequestBook.Hold(holder, now().plus(LEASE));
  }

  @Override
  public CertificateRequest issueHeld(
      CertificateRequest.Approved approved, Optional<SeenAtOpening> seen) {
    return let(approved, issueLeased(approved, false, seen));
  }

  private CertificateRequest let(CertificateRequest.Approved approved, Outcome outcome) {
    if (outcome.inDoubt()) {
      intake.requests().leaveInDoubt(approved.id(), holder, now().minusMillis(1));
    } else if (outcome.request() instanceof CertificateRequest.Approved) {
      intake.requests().release(approved.id(), holder);
    }
    return outcome.request();
  }

  /**
   * Goes on with approved requests that nobody has in hand. A job's method, for any node. While a
   * vault is out, those that may have been put to one wait: its journal knows.
   *
   * @return how many came to an end
   * @throws SigningUnavailable if no vault can be asked; come again
   */
  public int resumeApproved() throws SigningUnavailable {
    recovery.catchUpWithThoseThere();
    boolean alsoInDoubt = recovery.isCaughtUp();
    int ended = 0;
    while (true) {
      Instant now = now();
      Optional<CertificateRequest.Approved> next =
          intake.requests().leaseNext(holder, now, now.plus(LEASE), alsoInDoubt);
      if (next.isEmpty()) {
        return ended;
      }
      // One that can't go on keeps its lease, so that this loop comes to an end.
      if (!(issueLeased(next.get(), alsoInDoubt, Optional.empty()).request()
          instanceof CertificateRequest.Approved)) {
        ended++;
      }
    }
  }

  /**
   * How far a request came.
   *
   * @param inDoubt whether it may have been put to a vault that gave no answer
   */
  private record Outcome(CertificateRequest request, boolean inDoubt) {}

  /**
   * @param inDoubt whether it may have been put to a vault before
   * @param seen what was looked up when it was stored, if that was just now
   */
  private Outcome issueLeased(
      CertificateRequest.Approved approved, boolean inDoubt, Optional<SeenAtOpening> seen) {
    boolean doubtful = inDoubt;
    try {
      boolean read = inDoubt ? recovery.catchUp() >= 0 : recovery.catchUpForNew();
      if (read && !(current(approved) instanceof CertificateRequest.Approved)) {
        return new Outcome(current(approved), false); // the journal had it
      }
      doubtful = false;
      CertificateDraft draft = drafts.draft(approved.content(), keys, seen, now());
      LintedTbsCertificate linted = linted(draft, seen);
      doubtful = true;
      SignedCertificate signed = sign(approved, draft, linted);
      return new Outcome(
          store(new CertificateIntake.Wanted(approved, signed, linted.remarks())), false);
    } catch (Refused linter) {
      return new Outcome(
          refuse(approved, "linter", linter.refusal().detail(), linter.reason()), false);
    } catch (SigningRefused vault) {
      return new Outcome(handle(approved, vault), false);
    } catch (SigningUnavailable noAnswer) {
      doubtful &= inDoubt || !noAnswer.isNeverAsked();
      if (doubtful) {
        recovery.doubt();
      }
      LOG.log(Level.WARNING, "{0} waits: {1}", approved.id(), noAnswer.getMessage());
    } catch (DirectoryUnavailable noAnswer) {
      LOG.log(Level.WARNING, "{0} waits: {1}", approved.id(), noAnswer.getMessage());
    } catch (JournalMismatch mismatch) {
      LOG.log(Level.ERROR, "{0} waits: {1}", approved.id(), mismatch.getMessage());
    } catch (RuntimeException | Error broken) {
      recovery.doubt(); // it may have been signed and not stored
      throw broken;
    }
    return new Outcome(current(approved), doubtful);
  }

  private LintedTbsCertificate linted(CertificateDraft draft, Optional<SeenAtOpening> seen)
      throws Refused {
    LintContext context = LintContexts.of(draft, drafts.isOfTakenOver(draft));
    return linter.check(
        drafts.build(draft),
        seen.filter(_ -> !draft.profile().ofSystem()) // the linter knows of no holder then
            .map(SeenAtOpening::key)
            .map(context::withStanding)
            .orElse(context));
  }

  private SignedCertificate sign(
      CertificateRequest.Approved request, CertificateDraft draft, LintedTbsCertificate linted)
      throws SigningUnavailable, SigningRefused {
    Bytes tbs = linted.redeem();
    Signed signed =
        signer.sign(
            new SignRequest(
                request.id().value(),
                draft.authority().key(),
                SignedStructure.CERTIFICATE,
                tbs,
                evidence(request)));
    return new SignedCertificate(
        request.id(),
        draft.authority(),
        tbs,
        signed.signature(),
        signed.journalIndex(),
        signed.entryHash());
  }

  /**
   * The vault believes nobody's word that the key is the applicant's, nor that officers said yes.
   */
  private static List<Evidence> evidence(CertificateRequest.Approved request) {
    List<Evidence> evidence = new ArrayList<>();
    request
        .content()
        .proof()
        .ifPresent(proof -> evidence.add(new Evidence.ProofOfPossession(proof, Optional.empty())));
    for (Approval approval : request.approvals()) {
      approval.signature().map(SecurityKeyApproval::evidence).ifPresent(evidence::add);
    }
    return List.copyOf(evidence);
  }

  @Override
  public ApprovalStatement statement(CertificateRequest.Content content, Instant decided)
      throws Refused {
    try {
      return drafts.statement(content, decided);
    } catch (DirectoryUnavailable noAnswer) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory does not answer");
    }
  }

  @Override
  public List<LintFinding> rehearse(CertificateRequest.Content content) throws Refused {
    try {
      CertificateDraft draft = drafts.draft(content, keys, Optional.empty(), now());
      return linted(draft, Optional.empty()).remarks();
    } catch (DirectoryUnavailable noAnswer) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory does not answer");
    } catch (SigningUnavailable later) {
      LOG.log(Level.INFO, "{0} is not linted ahead: {1}", content.id(), later.getMessage());
      return List.of();
    }
  }

  /** Stores it; those who come at the same time share a commit. */
  private CertificateRequest store(CertificateIntake.Wanted wanted) {
    if (storing.commit(wanted)) {
      return wanted.issued();
    }
    // The request came to another end meanwhile: signed is signed, and must be told of.
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          intake.take(transaction, wanted.signed(), wanted.remarks(), now());
          return true;
        });
    return current(wanted.request());
  }

  private CertificateRequest handle(CertificateRequest.Approved approved, SigningRefused vault) {
    switch (vault.reason()) {
      case ID_REUSED -> {
        // An earlier attempt was signed after all, with other octets: the journal has it.
        recovery.doubt();
        try {
          recovery.catchUp();
        } catch (SigningUnavailable | JournalMismatch later) {
          LOG.log(Level.WARNING, "{0} waits: {1}", approved.id(), later.getMessage());
        }
        return current(approved);
      }
      case LOCKED_KEY -> {
        LOG.log(Level.WARNING, "{0} waits: {1}", approved.id(), vault.getMessage());
        return current(approved);
      }
      default -> {
        return refuse(
            approved, "vault", String.valueOf(vault.getMessage()), RefusalReason.REFUSED_BY_VAULT);
      }
    }
  }

  private CertificateRequest refuse(
      CertificateRequest.Approved approved, String by, String detail, RefusalReason reason) {
    LOG.log(Level.WARNING, "{0} refused by {1}: {2}", approved.id(), by, detail);
    return transactions.<CertificateRequest, RuntimeException>inTransaction(
        transaction -> intake.refuse(transaction, approved, by, reason + ": " + detail, now()));
  }

  private CertificateRequest current(CertificateRequest.Approved approved) {
    return intake.requests().find(approved.id()).orElse(approved);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
