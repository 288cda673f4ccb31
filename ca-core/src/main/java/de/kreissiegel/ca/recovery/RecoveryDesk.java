package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.escrow.CopyBook;
import de.kreissiegel.ca.escrow.DecisionBook;
import de.kreissiegel.ca.escrow.EscrowVault;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.OfficerCertificates;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The one door for giving escrowed keys out. */
public final class RecoveryDesk {
  private final RecoverySight sight;
  private final RecoveryRequests requests;
  private final RecoveryDecisions decisions;
  private final RecoveryFiles files;

  /** What is read and written. */
  public record Books(
      Transactions transactions,
      RecoveryBook recoveries,
      DecisionBook decisions,
      CopyBook copies,
      CertificateBook certificates,
      AuditTrail audit) {}

  /**
   * Who there is.
   *
   * @param directory people and tenants
   * @param ownership what people answer for
   * @param officers by what officers sign
   */
  public record People(SubjectDirectory directory, Ownership ownership, Officers officers) {}

  /**
   * By what officers sign.
   *
   * @param certificates theirs
   * @param securityKeys by which they sign, too
   */
  public record Officers(OfficerCertificates certificates, OfficerSecurityKeys securityKeys) {}

  public RecoveryDesk(
      Books books,
      People people,
      AuthorityCatalog authorities,
      EscrowVault vault,
      Clock clock,
      SecureRandom random) {
    var trail = new RecoveryTrail(books.audit());
    var statements = new ReleaseStatements(people.officers());
    this.sight = new RecoverySight(books.recoveries(), books.copies(), people.ownership());
    this.requests = new RecoveryRequests(books, people, sight, trail, clock, random);
    this.decisions = new RecoveryDecisions(books, sight, statements, trail, clock);
    this.files =
        new RecoveryFiles(
            books,
            sight,
            new KeyOpening(
                books.recoveries(), books.copies(), books.certificates(), authorities, vault),
            decisions,
            trail,
            clock,
            random);
  }

  /** Recoveries of the tenants that the actor may see, newest first. */
  public List<Recovery> all(Actor.Person actor) {
    return sight.all(actor);
  }

  /** Those of the person's own keys, and those that they asked for or collect. */
  public List<Recovery> own(Actor.Person person) {
    return sight.own(person);
  }

  /**
   * One of either.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  public Recovery view(Actor.Person actor, RecoveryId id) throws Refused {
    return sight.view(actor, id);
  }

  /**
   * Escrowed keys of others that the actor may ask for, of owners whose name has this text; 200 at
   * most.
   */
  public List<Escrowed> candidates(Actor.Person actor, String text) {
    return sight.candidates(actor, text);
  }

  /**
   * Asks for all escrowed keys of an owner: one's own (then for oneself), or another's of a tenant
   * whose officer one is. The owner is told.
   *
   * @throws Refused NOT_FOUND (no such keys, or not for this actor); REASON_MISSING;
   *     SUBJECT_DISABLED (nobody, or not one alone, is called so who shall have the file);
   *     DUPLICATE (it was asked for already); DIRECTORY_UNAVAILABLE
   */
  public Recovery request(Actor.Person actor, RecoveryWish wish) throws Refused {
    return requests.request(actor, wish);
  }

  /** Whether they asked for it, get the file, or the keys are theirs: they sign nothing then. */
  public boolean isConcerned(Actor.Person actor, Recovery recovery) {
    return recovery.terms().concerns(actor.id()) || sight.owns(actor, recovery);
  }

  /** Whether they decide on such for that tenant. */
  public boolean isOfficerFor(Actor.Person actor, Recovery recovery) {
    return RecoverySight.isOfficerFor(actor, recovery);
  }

  /**
   * What an officer signs now for one key.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, WRONG_STATE
   */
  public ReleaseStatement statement(Actor.Person officer, RecoveryId id, UUID release)
      throws Refused {
    return decisions.statement(officer, id, release);
  }

  /**
   * Signatures over an open one that the vault would refuse by now, since the certificates behind
   * them have ended or were revoked. Somebody may sign in their place, also the same officers by
   * other certificates; a file that nobody has collected is void then.
   */
  public Set<Said> endedSignatures(Recovery recovery) {
    return decisions.ended(recovery);
  }

  /** The officer's certificates that the vault takes for this, DER. */
  public List<Bytes> officerCertificates(Actor.Person officer, Recovery recovery) {
    return decisions.certificates(officer, recovery);
  }

  /**
   * An officer says yes; {@link #endedSignatures} fall away.
   *
   * @param signatures a CMS SignedData or a SecurityKeyApproval over the {@link #statement} of each
   *     key, in any order
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, SAME_OFFICER, WRONG_STATE,
   *     APPROVAL_UNSIGNED, APPROVAL_INVALID
   */
  public Recovery approve(Actor.Person officer, RecoveryId id, List<Bytes> signatures)
      throws Refused {
    return decisions.approve(officer, id, signatures);
  }

  /**
   * An officer says no, at any time before the file was collected; a file is destroyed.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, WRONG_STATE, REASON_MISSING
   */
  public Recovery refuse(Actor.Person officer, RecoveryId id, String reason) throws Refused {
    return decisions.refuse(officer, id, reason);
  }

  /**
   * Who asked takes it back; a file is destroyed.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, WRONG_STATE
   */
  public Recovery withdraw(Actor.Person person, RecoveryId id) throws Refused {
    return decisions.withdraw(person, id);
  }

  /**
   * The file's password, to be said to who collects it; it is kept nowhere.
   *
   * @param password in five groups
   */
  public record Released(Recovery.Ready recovery, String password) {
    /** Never the password. */
    @Override
    public String toString() {
      return "Released[" + recovery.id() + "]";
    }
  }

  /**
   * Has the vault open the keys and makes the file, or makes it anew with another password.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, OWN_APPLICATION, WRONG_STATE (also if no key could
   *     be opened: then it has ended), SIGNATURE_ENDED (somebody has to sign anew),
   *     SIGNER_UNAVAILABLE, REFUSED_BY_VAULT
   */
  public Released release(Actor.Person officer, RecoveryId id) throws Refused {
    return files.release(officer, id);
  }

  /**
   * The one with this file, for who may collect it.
   *
   * @throws Refused NOT_FOUND (never was, is another's, was collected, over: not told apart)
   */
  public Recovery.Ready offered(Actor.Person person, FileId file) throws Refused {
    return files.offered(person, file);
  }

  /**
   * Gives the file out, and destroys it.
   *
   * @throws Refused NOT_FOUND as {@link #offered}
   */
  public Bytes collect(Actor.Person person, FileId file) throws Refused {
    return files.collect(person, file);
  }

  /** Ends those whose time is over. A job's method. */
  public void expireOld() {
    decisions.expireOld();
  }
}
