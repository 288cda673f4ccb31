package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The one door for what is escrowed: what tenants decide, and copies that come in. */
public final class EscrowDesk {
  private final Decisions decisions;
  private final Copies copies;
  private final EscrowVault vault;
  private final SecureRandom random;

  /**
   * What is read and written.
   *
   * @param transactions opens transactions
   * @param audit who did what
   */
  public record Books(
      Transactions transactions, DecisionBook decisions, CopyBook copies, AuditTrail audit) {}

  public EscrowDesk(
      Books books,
      ProfileCatalog profiles,
      Ownership ownership,
      EscrowVault vault,
      Clock clock,
      SecureRandom random) {
    this.decisions = new Decisions(books, profiles, vault, clock, random);
    this.copies = new Copies(books, profiles, ownership, vault, clock);
    this.vault = vault;
    this.random = random;
  }

  /** The vault's key to encrypt to, if it has one. */
  public Optional<EscrowKey> vaultKey() {
    return vault.key();
  }

  /** Kinds whose keys a tenant may have escrowed. */
  public List<CertificateProfile> profiles() {
    return decisions.profiles();
  }

  /** Decisions of the tenants whose escrow the actor may see, newest first. */
  public List<Decision> decisions(Actor.Person actor) {
    return decisions.all(actor);
  }

  /** How many copies each of these tenants has. */
  public List<CopyBook.Kept> kept(Actor.Person actor) {
    return copies.kept(actor);
  }

  /**
   * Proposes that a tenant has keys escrowed.
   *
   * @throws Refused NOT_AUTHORIZED; ESCROW_OFF (the vault has no key for it, or a profile doesn't
   *     allow it); REASON_MISSING; BAD_DATA_FORMAT (numbers); DUPLICATE (the tenant has a decision
   *     or a proposal)
   */
  public Decision propose(Actor.Person actor, DecisionProposal proposal) throws Refused {
    return decisions.propose(actor, proposal);
  }

  /**
   * A second person's consent: from now on copies are taken.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, SAME_OFFICER (who proposed it), WRONG_STATE
   */
  public Decision consent(Actor.Person actor, DecisionId id) throws Refused {
    return decisions.consent(actor, id);
  }

  /**
   * Ends it, or turns the proposal down: from now on no copies are taken.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, REASON_MISSING, WRONG_STATE
   */
  public Decision end(Actor.Person actor, DecisionId id, String reason) throws Refused {
    return decisions.end(actor, id, reason);
  }

  /** The key for the copy of a new key of this kind; empty where no copy is to be made. */
  public Optional<EscrowKey> keyFor(TenantId tenant, ProfileName profile) {
    return copies.keyFor(tenant, profile);
  }

  /**
   * Takes a copy of a key that somebody is about to apply with. What no certificate comes of is
   * erased later.
   *
   * @throws Refused NOT_FOUND (not a tenant of theirs); ESCROW_OFF (the tenant hasn't decided so,
   *     or not for this kind); BAD_DATA_FORMAT; BAD_POP, BAD_ALG; KEY_IN_USE (there was a copy)
   */
  public EscrowCopy deposit(Actor.Person applicant, Deposit deposit) throws Refused {
    return copies.deposit(applicant, deposit, EscrowCopy.Maker.BROWSER);
  }

  /**
   * The same of a key that was made here, of which it is known that the copy is right.
   *
   * @param privateKey PKCS#8, DER; left as it is
   * @throws Refused as {@link #deposit}
   */
  public EscrowCopy depositMade(
      Actor.Person applicant,
      TenantId tenant,
      ProfileName profile,
      Bytes certificationRequest,
      byte[] privateKey)
      throws Refused {
    EscrowKey key =
        keyFor(tenant, profile)
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalReason.ESCROW_OFF, "no keys of this kind are escrowed here"));
    return copies.deposit(
        applicant,
        Wrapping.of(privateKey, tenant, profile, certificationRequest, key, random),
        EscrowCopy.Maker.SERVER);
  }

  /** What is kept of the person's own keys, and of those they answer for. */
  public List<Escrowed> own(Actor.Person person) {
    return copies.own(person);
  }

  /** Erases copies whose time is over, and those that came to nothing. A job's method. */
  public void sweep() {
    copies.sweep();
  }
}
