package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one door for grants. Nobody has a hand in their own; what crosses tenants takes one who
 * appoints officers and a second person.
 */
public final class GrantDesk {
  /** A grant is an exception: whoever needs it for longer says so again. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final Duration BACK = Duration.ofDays(1);
  private static final int LONGEST_REASON = 500;
  private static final int CANDIDATES = 20;

  private final GrantBook book;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final People people;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Who there is.
   *
   * @param roles people as the directory itself knows them, without grants
   * @param entries to find them
   */
  public record People(StaffLogin roles, SubjectDirectory entries) {}

  public GrantDesk(
      GrantBook book,
      Transactions transactions,
      AuditTrail audit,
      People people,
      Clock clock,
      SecureRandom random) {
    this.book = book;
    this.transactions = transactions;
    this.audit = audit;
    this.people = people;
    this.clock = clock;
    this.random = random;
  }

  /** Those that the actor may see: their tenants', and their own; newest first. */
  public List<Grant> all(Actor.Person actor) {
    return book.known(AccessRules.scope(actor, Action.VIEW_GRANTS), actor.id());
  }

  /**
   * One of them.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  public Grant view(Actor.Person actor, GrantId id) throws Refused {
    return all(actor).stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(GrantDesk::notFound);
  }

  /**
   * Where people may come from whom the actor can propose; none if nothing can be proposed.
   *
   * @throws Refused DIRECTORY_UNAVAILABLE
   */
  public Set<TenantId> houses(Actor.Person actor) throws Refused {
    if (AccessRules.scope(actor, Action.GRANT_ACROSS).isEmpty()) {
      return AccessRules.scope(actor, Action.MANAGE_GRANTS);
    }
    return asking(() -> people.entries().tenants()).stream()
        .map(Tenant::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * People who work there and whose name has this text, 20 at most.
   *
   * @throws Refused NOT_AUTHORIZED, DIRECTORY_UNAVAILABLE
   */
  public List<Subject> candidates(Actor.Person actor, TenantId house, String text) throws Refused {
    if (!houses(actor).contains(house)) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "nobody from there can be proposed");
    }
    return asking(
        () -> people.entries().search(house, SubjectKind.PERSON, text.strip(), CANDIDATES));
  }

  /**
   * Of the same those who may read that tenant's affairs as revisors.
   *
   * @throws Refused NOT_AUTHORIZED (also if the actor may propose nobody for that tenant),
   *     DIRECTORY_UNAVAILABLE
   */
  public List<Subject> readers(Actor.Person actor, TenantId house, String text, TenantId tenant)
      throws Refused {
    require(actor, Action.GRANT_ACROSS, tenant);
    List<Subject> readers = new ArrayList<>();
    for (Subject one : candidates(actor, house, text)) {
      if (asking(() -> people.roles().current(one.id()))
          .filter(person -> Eligibility.mayHave(Grant.Right.READ, person, tenant))
          .isPresent()) {
        readers.add(one);
      }
    }
    return List.copyOf(readers);
  }

  /**
   * Proposes one. A deputy in the tenant's own house is in force at once; what crosses tenants
   * waits for a second person, and so does what a revisor is to read.
   *
   * @throws Refused NOT_AUTHORIZED (for a deputy the tenant's officers propose and those who
   *     appoint them, across tenants only the latter); OWN_APPLICATION; SUBJECT_DISABLED (nobody
   *     whom the directory has, or who may stand in there); REASON_MISSING; BAD_DATA_FORMAT (the
   *     dates); DIRECTORY_UNAVAILABLE
   */
  public Grant propose(Actor.Person actor, GrantProposal proposal) throws Refused {
    // Before the directory is asked: who proposes nothing learns nothing about anybody either.
    require(actor, Action.MANAGE_GRANTS, proposal.tenant());
    if (proposal.right() == Grant.Right.READ) {
      require(actor, Action.GRANT_ACROSS, proposal.tenant());
    }
    Actor.Person person = eligible(proposal.right(), proposal.person(), proposal.tenant());
    boolean across =
        proposal.right() == Grant.Right.READ || !person.tenants().contains(proposal.tenant());
    if (across) {
      require(actor, Action.GRANT_ACROSS, proposal.tenant());
    }
    forbidOwn(actor, person.id());
    checkDates(proposal);
    Grant.Terms terms =
        new Grant.Terms(
            GrantId.random(random),
            proposal.right(),
            person.id(),
            person.displayName(),
            proposal.tenant(),
            across,
            reason(proposal.reason()),
            proposal.begins().truncatedTo(ChronoUnit.MICROS),
            proposal.ends().truncatedTo(ChronoUnit.MICROS),
            said(actor));
    Grant grant = across ? new Grant.Proposed(terms) : new Grant.InForce(terms, Optional.empty());
    return transactions.<Grant, RuntimeException>inTransaction(
        transaction -> {
          book.insert(transaction, grant);
          tell(transaction, actor, across ? "proposed" : "given", grant, detail(terms));
          return grant;
        });
  }

  /**
   * A second person's consent, one of the tenant's officers or of those who appoint them.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, SAME_OFFICER (who proposed it), OWN_APPLICATION,
   *     WRONG_STATE (it doesn't wait, or its time is over), SUBJECT_DISABLED, DIRECTORY_UNAVAILABLE
   */
  public Grant consent(Actor.Person actor, GrantId id) throws Refused {
    Grant.Terms seen = view(actor, id).terms();
    eligible(seen.right(), seen.person(), seen.tenant());
    return transactions.<Grant, Refused>inTransaction(
        transaction -> {
          Grant grant = managed(transaction, actor, id);
          forbidOwn(actor, grant.terms().person());
          if (grant.terms().proposed().by().equals(actor.id())) {
            throw new Refused(RefusalReason.SAME_OFFICER, "a second person has to consent");
          }
          if (!(grant instanceof Grant.Proposed proposed)
              || !grant.terms().ends().isAfter(clock.instant())) {
            throw new Refused(RefusalReason.WRONG_STATE, "the grant doesn't wait for consent");
          }
          Grant agreed = proposed.consented(said(actor));
          book.change(transaction, agreed);
          tell(transaction, actor, "given", agreed, detail(agreed.terms()));
          return agreed;
        });
  }

  /**
   * Ends one before its time, or turns a proposal down; whoever has it may give it back.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED, REASON_MISSING, WRONG_STATE (it has ended)
   */
  public Grant end(Actor.Person actor, GrantId id, String reason) throws Refused {
    String words = reason(reason);
    return transactions.<Grant, Refused>inTransaction(
        transaction -> {
          Grant grant = book.lock(transaction, id).orElseThrow(GrantDesk::notFound);
          if (!grant.terms().person().equals(actor.id())) {
            managed(transaction, actor, id);
          }
          if (grant instanceof Grant.Ended || !grant.terms().ends().isAfter(clock.instant())) {
            throw new Refused(RefusalReason.WRONG_STATE, "the grant has ended");
          }
          Grant ended = grant.ended(said(actor), words);
          book.change(transaction, ended);
          tell(transaction, actor, "ended", ended, "reason=" + words);
          return ended;
        });
  }

  private static void require(Actor.Person actor, Action action, TenantId tenant) throws Refused {
    if (!AccessRules.allows(actor, action, tenant)) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED,
          action == Action.GRANT_ACROSS
              ? "those who appoint officers propose this"
              : "officers of the tenant propose this");
    }
  }

  private Grant managed(Transaction transaction, Actor.Person actor, GrantId id) throws Refused {
    Grant grant =
        book.lock(transaction, id)
            .filter(
                one ->
                    AccessRules.allows(actor, Action.VIEW_GRANTS, one.terms().tenant())
                        || one.terms().person().equals(actor.id()))
            .orElseThrow(GrantDesk::notFound);
    if (!AccessRules.allows(actor, Action.MANAGE_GRANTS, grant.terms().tenant())) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "officers of the tenant and who appoints them decide");
    }
    return grant;
  }

  private Actor.Person eligible(Grant.Right right, SubjectId person, TenantId tenant)
      throws Refused {
    return asking(() -> people.roles().current(person))
        .filter(one -> Eligibility.mayHave(right, one, tenant))
        .orElseThrow(
            () ->
                new Refused(
                    RefusalReason.SUBJECT_DISABLED,
                    switch (right) {
                      case STAND_IN ->
                          "nobody who works there or is an officer elsewhere, or an auditor";
                      case READ -> "nobody whom the directory names an auditor of other tenants";
                    }));
  }

  private static <T> T asking(Question<T> question) throws Refused {
    try {
      return question.ask();
    } catch (DirectoryUnavailable unavailable) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory does not answer");
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws DirectoryUnavailable;
  }

  private void checkDates(GrantProposal proposal) throws Refused {
    Instant now = clock.instant();
    boolean sound =
        proposal.ends().isAfter(proposal.begins())
            && proposal.ends().isAfter(now)
            && !proposal.begins().isBefore(now.minus(BACK))
            && !proposal.begins().isAfter(now.plus(LONGEST))
            && !proposal.ends().isAfter(proposal.begins().plus(LONGEST));
    if (!sound) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "a grant begins today or later and ends after that, within a year");
    }
  }

  private static String reason(String text) throws Refused {
    String words =
        text.codePoints().anyMatch(Character::isISOControl)
            ? text.replaceAll("\\p{Cc}+", " ").strip()
            : text.strip();
    if (words.isEmpty() || words.length() > LONGEST_REASON) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason has 1 to 500 characters");
    }
    return words;
  }

  private static void forbidOwn(Actor.Person actor, SubjectId person) throws Refused {
    if (actor.id().equals(person)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "nobody gives themselves an office");
    }
  }

  private Grant.Said said(Actor.Person actor) {
    return new Grant.Said(
        actor.id(), actor.displayName(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private void tell(Transaction transaction, Actor actor, String step, Grant grant, String detail) {
    audit.append(
        transaction,
        actor,
        switch (grant.terms().right()) {
          case STAND_IN -> "grant." + step;
          case READ -> "reading." + step;
        },
        Optional.of(grant.terms().tenant()),
        "grant:" + grant.id(),
        detail);
  }

  private static String detail(Grant.Terms terms) {
    return "person=%s name=%s across=%s begins=%s ends=%s reason=%s"
        .formatted(
            terms.person(),
            terms.personName(),
            terms.across(),
            terms.begins(),
            terms.ends(),
            terms.reason());
  }

  private static Refused notFound() {
    return new Refused(RefusalReason.NOT_FOUND, "no such grant");
  }
}
