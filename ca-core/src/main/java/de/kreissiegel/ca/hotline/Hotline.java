package de.kreissiegel.ca.hotline;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The door for revocation by phone: codes for people, and the way of a call. */
public final class Hotline {
  /** How long a call goes on with one proof. */
  private static final Duration CALL = Duration.ofMinutes(15);

  private static final Set<RevocationReason> REASONS =
      Set.of(RevocationReason.CERTIFICATE_HOLD, RevocationReason.KEY_COMPROMISE);

  private final Books books;
  private final CallerSearch callers;
  private final Ownership ownership;
  private final RevocationDesk revocation;
  private final Clock clock;
  private final SecureRandom random;

  /** Hashed where there is no code to compare with: that takes as long. */
  private final CodeHash nobodys;

  /**
   * What is written in one transaction, and read.
   *
   * @param transactions opens it
   * @param codes where codes are kept
   * @param certificates what callers have
   * @param audit who tried what
   */
  public record Books(
      Transactions transactions,
      PhoneCodeBook codes,
      CertificateBook certificates,
      AuditTrail audit) {}

  /**
   * @param random for codes and salts
   */
  public Hotline(
      Books books,
      SubjectDirectory directory,
      RevocationDesk revocation,
      Clock clock,
      SecureRandom random) {
    this.books = books;
    this.callers = new CallerSearch(directory);
    this.ownership = new Ownership(directory);
    this.revocation = revocation;
    this.clock = clock;
    this.random = random;
    this.nobodys = CodeHash.of(PhoneCode.random(random), random);
  }

  /**
   * Makes a person a new code, which takes the place of their old one. It can't be had again.
   *
   * @return to be shown to them, once
   */
  public PhoneCode make(Actor.Person person) {
    PhoneCode code = PhoneCode.random(random);
    var stored = new StoredCode(CodeHash.of(code, random), now(), 0);
    books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              books.codes().put(transaction, person.id(), stored);
              audit(
                  transaction,
                  person,
                  "phone-code.made",
                  first(person.tenants()),
                  object(person.id()),
                  "");
              return true;
            });
    return code;
  }

  /** How it stands with a person's own code; empty if they have none. */
  public Optional<StoredCode> standing(Actor.Person person) {
    return books.codes().find(person.id());
  }

  /**
   * Whether who calls is who they say: holds the code that they say against theirs. Each attempt is
   * an audit event. What was typed as a name isn't kept, lest it was the code.
   *
   * @param answering who answers the phone
   * @param loginOrName whom the caller says to be, at most 200 characters
   * @param typed the code that they say, in any form that people write
   * @throws Refused NOT_AUTHORIZED; BAD_DATA_FORMAT (no code of anybody: mistyped or misheard,
   *     which doesn't count); CALLER_NOT_PROVEN (nobody of that name for whom they answer, or
   *     several, no code, a locked or a wrong one: never told apart); DIRECTORY_UNAVAILABLE
   */
  public Caller answer(Actor.Person answering, String loginOrName, String typed) throws Refused {
    Set<TenantId> tenants = AccessRules.scope(answering, Action.REVOKE_BY_PHONE);
    if (tenants.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "not for this actor: revocation by phone");
    }
    Optional<PhoneCode> code = PhoneCode.read(typed);
    if (code.isEmpty()) {
      note(answering, tenants, "mistyped or misheard, not a code of anybody");
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "the code has a wrong character, or not 16 of them");
    }
    Optional<CallerSearch.Found> found = callers.find(tenants, loginOrName);
    if (found.isEmpty()) {
      boolean unused = nobodys.fits(code.get()); // takes as long as for somebody
      note(answering, tenants, "nobody found, or several");
      throw notProven();
    }
    return prove(answering, found.get(), code.get());
  }

  private Caller prove(Actor.Person answering, CallerSearch.Found found, PhoneCode code)
      throws Refused {
    SubjectId person = found.person().id();
    boolean proven =
        books
            .transactions()
            .<Boolean, RuntimeException>inTransaction(
                transaction -> {
                  Outcome outcome = tried(transaction, person, code);
                  audit(
                      transaction,
                      answering,
                      outcome.proven() ? "phone-code.accepted" : "phone-code.refused",
                      Optional.of(found.tenant()),
                      object(person),
                      outcome.words());
                  return outcome.proven();
                });
    if (!proven) {
      throw notProven();
    }
    return new Caller(answering.id(), person, found.person().commonName(), now().plus(CALL));
  }

  /** What became of an attempt. */
  private record Outcome(boolean proven, String words) {}

  private Outcome tried(Transaction transaction, SubjectId person, PhoneCode code) {
    Optional<StoredCode> stored = books.codes().lock(transaction, person);
    boolean fits = stored.map(StoredCode::hash).orElse(nobodys).fits(code);
    if (stored.isEmpty()) {
      return new Outcome(false, "has no code");
    }
    if (stored.get().isLocked()) {
      return new Outcome(false, "the code is locked");
    }
    if (fits) {
      return new Outcome(true, "");
    }
    books.codes().countFailure(transaction, person);
    int failures = stored.get().failures() + 1;
    return new Outcome(false, "wrong code, " + failures + " of " + StoredCode.MOST_FAILURES);
  }

  /**
   * What the caller has, or answers for, that is good or on hold and not expired, of the tenants
   * for which the other one answers. Newest first.
   *
   * @throws Refused CALLER_NOT_PROVEN if the call is over, or was another's
   */
  public List<StoredCertificate> certificates(Actor.Person answering, Caller caller)
      throws Refused {
    requireCall(answering, caller);
    Set<TenantId> tenants = AccessRules.scope(answering, Action.REVOKE_BY_PHONE);
    return books.certificates().ofSubjects(ownership.subjectsOf(caller.person())).stream()
        .filter(one -> one.tenant().filter(tenants::contains).isPresent())
        .filter(one -> !(one.status() instanceof CertificateStatus.Revoked))
        .filter(one -> !one.isExpired(now()))
        .toList();
  }

  /**
   * Puts one of the caller's certificates on hold, or revokes it. Its audit event is of who
   * answers, and says that a phone code was used.
   *
   * @param order its reason certificateHold or keyCompromise; its note at most 300 characters
   * @throws Refused CALLER_NOT_PROVEN, NOT_FOUND (not one of {@link #certificates}),
   *     BAD_DATA_FORMAT (the reason), and what {@link RevocationDesk#revokeByPhone} refuses
   */
  public StoredCertificate revoke(
      Actor.Person answering,
      Caller caller,
      AuthorityName authority,
      SerialNumber serial,
      Revocation order)
      throws Refused {
    StoredCertificate theirs =
        certificates(answering, caller).stream()
            .filter(one -> one.authority().equals(authority) && one.serial().equals(serial))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalReason.NOT_FOUND, "no certificate " + authority + "/" + serial));
    if (!REASONS.contains(order.reason())) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT, "by phone only certificateHold or keyCompromise");
    }
    // Beside a pseudonym the trail doesn't tell whose it is.
    boolean pseudonymous = theirs.subject().filter(Pseudonym::isHolder).isPresent();
    String how = "by phone code of " + (pseudonymous ? "its bearer" : object(caller.person()));
    String note = order.note().isBlank() ? how : how + "; " + order.note().strip();
    return revocation.revokeByPhone(
        answering, authority, serial, new Revocation(order.reason(), order.invalidSince(), note));
  }

  private void requireCall(Actor.Person answering, Caller caller) throws Refused {
    if (!caller.answeredBy().equals(answering.id()) || now().isAfter(caller.until())) {
      throw new Refused(RefusalReason.CALLER_NOT_PROVEN, "the call is over");
    }
  }

  private void note(Actor.Person answering, Set<TenantId> tenants, String detail) {
    books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              audit(
                  transaction,
                  answering,
                  "phone-code.refused",
                  first(tenants),
                  "phone-code",
                  detail);
              return true;
            });
  }

  private void audit(
      Transaction transaction,
      Actor.Person actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail) {
    books.audit().append(transaction, actor, action, tenant, object, detail);
  }

  private static Refused notProven() {
    return new Refused(RefusalReason.CALLER_NOT_PROVEN, "name and code don't fit together");
  }

  private static Optional<TenantId> first(Set<TenantId> tenants) {
    return tenants.stream().sorted().findFirst();
  }

  private static String object(SubjectId person) {
    return "person:" + person;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
