package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificationRequest;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Copies come in, and go when their time is over. */
final class Copies {
  /** Nonce, a key of P-256 without anything else, tag. */
  private static final int SHORTEST = 12 + 64 + 16;

  private static final int LONGEST = 16 * 1024;

  /** Longer than any application waits; who deposits and never applies leaves nothing behind. */
  private static final Duration ORPHANED = Duration.ofDays(2);

  private static final int AT_ONCE = 200;
  private static final Actor SYSTEM = new Actor.Component("escrow");

  private final EscrowDesk.Books books;
  private final ProfileCatalog profiles;
  private final Ownership ownership;
  private final EscrowVault vault;
  private final Clock clock;

  Copies(
      EscrowDesk.Books books,
      ProfileCatalog profiles,
      Ownership ownership,
      EscrowVault vault,
      Clock clock) {
    this.books = books;
    this.profiles = profiles;
    this.ownership = ownership;
    this.vault = vault;
    this.clock = clock;
  }

  Optional<EscrowKey> keyFor(TenantId tenant, ProfileName profile) {
    return decision(tenant, profile).flatMap(_ -> vault.key());
  }

  /** The tenant's and the profile's word, both as they are now. */
  private Optional<Decision.InForce> decision(TenantId tenant, ProfileName profile) {
    return profiles
        .find(profile)
        .filter(CertificateProfile::allowsEscrow)
        .flatMap(_ -> books.decisions().inForce(tenant))
        .filter(decision -> decision.terms().profiles().contains(profile));
  }

  EscrowCopy deposit(Actor.Person applicant, Deposit deposit, EscrowCopy.Maker maker)
      throws Refused {
    if (!AccessRules.allows(applicant, Action.APPLY, deposit.tenant())) {
      throw new Refused(RefusalReason.NOT_FOUND, "not a tenant of the applicant's");
    }
    Decision.InForce decision =
        decision(deposit.tenant(), deposit.profile()).orElseThrow(Copies::off);
    EscrowKey key = vault.key().orElseThrow(Copies::off);
    if (deposit.wrapped().length() < SHORTEST
        || deposit.wrapped().length() > LONGEST
        || deposit.wrappingKey().length() != key.octets()) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "this is no copy of a key");
    }
    var copy =
        new EscrowCopy(
            CertificationRequest.verified(deposit.certificationRequest()).key().hash(),
            deposit.tenant(),
            deposit.profile(),
            applicant.id(),
            maker,
            decision.id(),
            key.id(),
            deposit.wrappingKey().sha256(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            decision.terms().keepYears());
    return books
        .transactions()
        .<EscrowCopy, Refused>inTransaction(
            transaction -> {
              if (!books
                  .copies()
                  .put(transaction, copy, deposit.wrapped(), deposit.wrappingKey())) {
                throw new Refused(RefusalReason.KEY_IN_USE, "there was a copy of this key");
              }
              books
                  .audit()
                  .append(
                      transaction,
                      applicant,
                      "escrow.deposited",
                      Optional.of(copy.tenant()),
                      copy.auditName(),
                      "profile=%s made=%s decision=%s"
                          .formatted(copy.profile(), copy.maker(), copy.decision()));
              return copy;
            });
  }

  private static Refused off() {
    return new Refused(RefusalReason.ESCROW_OFF, "no keys of this kind are escrowed here");
  }

  List<Escrowed> own(Actor.Person person) {
    var tenants = AccessRules.scope(person, Action.VIEW_OWN);
    return books.copies().ofOwners(ownership.subjectsOf(person)).stream()
        .filter(one -> tenants.contains(one.copy().tenant()))
        .toList();
  }

  List<CopyBook.Kept> kept(Actor.Person actor) {
    return books.copies().kept(AccessRules.scope(actor, Action.VIEW_ESCROW));
  }

  void sweep() {
    while (erased() == AT_ONCE) {
      // As long as there are more.
    }
  }

  private int erased() {
    Instant now = clock.instant();
    return books
        .transactions()
        .<Integer, RuntimeException>inTransaction(
            transaction -> {
              List<CopyBook.Due> due =
                  books.copies().due(transaction, now, now.minus(ORPHANED), AT_ONCE);
              for (CopyBook.Due one : due) {
                books.copies().erase(transaction, one.copy().keyHash(), one.why(), now);
                books
                    .audit()
                    .append(
                        transaction,
                        SYSTEM,
                        "escrow.erased",
                        Optional.of(one.copy().tenant()),
                        one.copy().auditName(),
                        "why=" + one.why());
              }
              return due.size();
            });
  }
}
