package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What tenants decide. */
final class Decisions {
  private final EscrowDesk.Books books;
  private final ProfileCatalog profiles;
  private final EscrowVault vault;
  private final Clock clock;
  private final SecureRandom random;

  Decisions(
      EscrowDesk.Books books,
      ProfileCatalog profiles,
      EscrowVault vault,
      Clock clock,
      SecureRandom random) {
    this.books = books;
    this.profiles = profiles;
    this.vault = vault;
    this.clock = clock;
    this.random = random;
  }

  List<CertificateProfile> profiles() {
    return profiles.all().stream().filter(CertificateProfile::allowsEscrow).toList();
  }

  List<Decision> all(Actor.Person actor) {
    return books.decisions().known(AccessRules.scope(actor, Action.VIEW_ESCROW));
  }

  Decision propose(Actor.Person actor, DecisionProposal proposal) throws Refused {
    if (!AccessRules.allows(actor, Action.DECIDE_ESCROW, proposal.tenant())) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "officers of the tenant and who appoints them propose it");
    }
    var allowed = profiles().stream().map(CertificateProfile::name).toList();
    if (vault.key().isEmpty()) {
      throw new Refused(RefusalReason.ESCROW_OFF, "the vault has no key for escrow");
    }
    if (!allowed.containsAll(proposal.profiles())) {
      throw new Refused(RefusalReason.ESCROW_OFF, "a profile doesn't allow escrow");
    }
    Decision decision = new Decision.Proposed(terms(actor, proposal));
    return books
        .transactions()
        .<Decision, Refused>inTransaction(
            transaction -> {
              if (!books.decisions().insert(transaction, decision)) {
                throw new Refused(
                    RefusalReason.DUPLICATE, "the tenant has decided, or somebody proposed it");
              }
              tell(transaction, actor, "escrow.proposed", decision, detail(decision.terms()));
              return decision;
            });
  }

  private Decision.Terms terms(Actor.Person actor, DecisionProposal proposal) throws Refused {
    String reason = Reasons.clean(proposal.reason());
    try {
      return new Decision.Terms(
          new DecisionId(RandomId.of(random)),
          proposal.tenant(),
          proposal.profiles(),
          reason,
          proposal.officers(),
          proposal.keepYears(),
          Said.now(actor, clock));
    } catch (IllegalArgumentException bounds) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, String.valueOf(bounds.getMessage()));
    }
  }

  Decision consent(Actor.Person actor, DecisionId id) throws Refused {
    return books
        .transactions()
        .<Decision, Refused>inTransaction(
            transaction -> {
              Decision decision = managed(transaction, actor, id);
              if (decision.terms().proposed().by().equals(actor.id())) {
                throw new Refused(RefusalReason.SAME_OFFICER, "a second person has to consent");
              }
              if (!(decision instanceof Decision.Proposed proposed)) {
                throw new Refused(RefusalReason.WRONG_STATE, "it doesn't wait for consent");
              }
              Decision agreed = proposed.consented(Said.now(actor, clock));
              books.decisions().change(transaction, agreed);
              tell(transaction, actor, "escrow.decided", agreed, detail(agreed.terms()));
              return agreed;
            });
  }

  Decision end(Actor.Person actor, DecisionId id, String reason) throws Refused {
    String words = Reasons.clean(reason);
    return books
        .transactions()
        .<Decision, Refused>inTransaction(
            transaction -> {
              Decision decision = managed(transaction, actor, id);
              if (decision instanceof Decision.Ended) {
                throw new Refused(RefusalReason.WRONG_STATE, "the decision has ended");
              }
              Decision ended = decision.ended(Said.now(actor, clock), words);
              books.decisions().change(transaction, ended);
              tell(transaction, actor, "escrow.ended", ended, "reason=" + words);
              return ended;
            });
  }

  private Decision managed(Transaction transaction, Actor.Person actor, DecisionId id)
      throws Refused {
    Decision decision =
        books
            .decisions()
            .lock(transaction, id)
            .filter(one -> AccessRules.allows(actor, Action.VIEW_ESCROW, one.terms().tenant()))
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such decision"));
    if (!AccessRules.allows(actor, Action.DECIDE_ESCROW, decision.terms().tenant())) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "officers of the tenant and who appoints them decide");
    }
    return decision;
  }

  private static String detail(Decision.Terms terms) {
    return "profiles=%s officers=%d years=%d reason=%s"
        .formatted(
            terms.profiles().stream()
                .map(ProfileName::value)
                .sorted()
                .collect(Collectors.joining(",")),
            terms.officers(),
            terms.keepYears(),
            terms.reason());
  }

  private void tell(
      Transaction transaction, Actor actor, String action, Decision decision, String detail) {
    books
        .audit()
        .append(
            transaction,
            actor,
            action,
            Optional.of(decision.terms().tenant()),
            "escrow:" + decision.id(),
            detail);
  }
}
