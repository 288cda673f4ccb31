package de.kreissiegel.ca.login;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Passkeys of people: who may register one, whose one is, and what it opens. That a passkey was
 * there, and asked for PIN or fingerprint, is the door's to check (WebAuthn Level 2 §7.1, §7.2).
 *
 * <p>One opens offices, so nobody registers one who hasn't proved as much; else a password would
 * open them on a detour. An installation may let people begin with their password: the first one
 * only, and as long as they have none.
 */
public final class Passkeys {
  /** So many a person may have. */
  public static final int MOST = 10;

  private static final int LONGEST_REASON = 300;

  private final Records records;
  private final StaffLogin staff;
  private final LoginTrail trail;
  private final boolean firstByPassword;
  private final Clock clock;

  /**
   * Where this is kept.
   *
   * @param passkeys they themselves
   */
  public record Records(Transactions transactions, PasskeyBook passkeys, AuditTrail audit) {}

  /**
   * @param staff knows who there is, and their roles
   * @param trail tells of log-ins
   * @param firstByPassword whether a password is enough for somebody's first passkey
   */
  public Passkeys(
      Records records, StaffLogin staff, LoginTrail trail, boolean firstByPassword, Clock clock) {
    this.records = records;
    this.staff = staff;
    this.trail = trail;
    this.firstByPassword = firstByPassword;
    this.clock = clock;
  }

  /** A person's own, the oldest first. */
  public List<Passkey> of(Actor.Person person) {
    return records.passkeys().of(person.id());
  }

  /** One of anybody's, for the door that checks it. */
  public Optional<Passkey> find(Bytes id) {
    return records.passkeys().find(id);
  }

  /** Whether the person may register one now. */
  public boolean mayAdd(Actor.Person person) {
    if (person.proof() == Proof.EMERGENCY) {
      return false;
    }
    List<Passkey> there = of(person);
    return there.size() < MOST && (person.proof().isStrong() || firstByPassword && there.isEmpty());
  }

  /** Whether the person may remove theirs now. */
  public static boolean mayRemove(Actor.Person person) {
    return person.proof().isPersonal();
  }

  /**
   * Keeps a new one, which the door has checked.
   *
   * @param provenAt when the person last logged in
   * @throws Refused NOT_AUTHORIZED (it is another's, or the person may not, see {@link #mayAdd});
   *     STALE_PROOF; DUPLICATE (it is registered already)
   */
  public void add(Actor.Person person, Instant provenAt, Passkey passkey) throws Refused {
    if (!passkey.holder().equals(person.id()) || !mayAdd(person)) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "a passkey is registered by whom has proved more");
    }
    FreshProof.demand(provenAt, clock.instant());
    boolean isNew =
        inTransaction(
            transaction -> {
              boolean inserted = records.passkeys().insert(transaction, passkey);
              if (inserted) {
                note(transaction, person, passkey.id(), "passkey.added");
              }
              return inserted;
            });
    if (!isNew) {
      throw new Refused(RefusalReason.DUPLICATE, "this passkey is registered already");
    }
  }

  /**
   * Forgets one of the person's own. Sessions that it opened end. A password removes none: whoever
   * has somebody's could make room for a first one of their own.
   *
   * @param provenAt when the person last logged in
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED (by a password, or in an emergency); STALE_PROOF
   */
  public void remove(Actor.Person person, Instant provenAt, Bytes id) throws Refused {
    if (of(person).stream().noneMatch(one -> one.id().equals(id))) {
      throw new Refused(RefusalReason.NOT_FOUND, "no passkey of theirs");
    }
    if (!mayRemove(person)) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "a passkey is removed by whom has proved more");
    }
    FreshProof.demand(provenAt, clock.instant());
    boolean removed =
        inTransaction(
            transaction -> {
              boolean deleted = records.passkeys().delete(transaction, person.id(), id);
              if (deleted) {
                note(transaction, person, id, "passkey.removed");
              }
              return deleted;
            });
    if (!removed) {
      throw new Refused(RefusalReason.NOT_FOUND, "no passkey of theirs");
    }
  }

  /**
   * Somebody else's, for the help desk of their tenant.
   *
   * @throws Refused NOT_AUTHORIZED (no help desk); NOT_FOUND (nobody of its tenants);
   *     DIRECTORY_UNAVAILABLE
   */
  public List<Passkey> of(Actor.Person helper, SubjectId holder) throws Refused {
    return records.passkeys().of(helped(helper, holder).id());
  }

  /**
   * Forgets one that somebody else has lost, who can't remove it without it. It opens nothing: they
   * log in by certificate, or by another one. Where people may begin with their password, that of
   * who holds an office stays: it would be opened by a password then.
   *
   * @param provenAt when the helper last logged in
   * @param reason 1 to 300 characters
   * @throws Refused as {@link #of(Actor.Person, SubjectId)}; OWN_APPLICATION (their own);
   *     REASON_MISSING; STALE_PROOF
   */
  public void removeLost(
      Actor.Person helper, Instant provenAt, SubjectId holder, Bytes id, String reason)
      throws Refused {
    Actor.Person person = helped(helper, holder);
    if (helper.id().equals(holder)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "somebody else removes one's lost passkey");
    }
    String words = reason.strip();
    if (words.isEmpty() || words.length() > LONGEST_REASON) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason of 1 to 300 characters");
    }
    if (firstByPassword && (person.lacksStrongProof() || !person.duties().refused().isEmpty())) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "a password would open their office afterwards");
    }
    FreshProof.demand(provenAt, clock.instant());
    boolean removed =
        inTransaction(
            transaction -> {
              boolean deleted = records.passkeys().delete(transaction, holder, id);
              if (deleted) {
                records
                    .audit()
                    .append(
                        transaction,
                        helper,
                        "passkey.removed",
                        person.tenants().stream()
                            .filter(AccessRules.scope(helper, Action.HELP)::contains)
                            .sorted()
                            .findFirst(),
                        object(holder),
                        detail(helper.proof(), id) + " reason=" + words);
              }
              return deleted;
            });
    if (!removed) {
      throw new Refused(RefusalReason.NOT_FOUND, "no passkey of theirs");
    }
  }

  private Actor.Person helped(Actor.Person helper, SubjectId holder) throws Refused {
    Set<TenantId> scope = AccessRules.scope(helper, Action.HELP);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "not for this actor: the help desk");
    }
    try {
      return staff
          .current(holder)
          .filter(one -> one.tenants().stream().anyMatch(scope::contains))
          .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "nobody of these tenants"));
    } catch (DirectoryUnavailable away) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
    }
  }

  /**
   * Whose it is now, proven by {@link Proof#PASSKEY}: for a session that it opened. Empty if it was
   * removed, or its holder is gone or disabled.
   */
  public Optional<Actor.Person> identify(Bytes id) throws DirectoryUnavailable {
    Optional<Passkey> passkey = find(id);
    return passkey.isEmpty()
        ? Optional.empty()
        : staff.current(passkey.get().holder()).map(person -> person.provenBy(Proof.PASSKEY));
  }

  /** The same at the beginning of a session, which the audit trail tells of. */
  public Optional<Actor.Person> logIn(Bytes id) throws DirectoryUnavailable {
    Optional<Actor.Person> person = identify(id);
    person.ifPresentOrElse(
        one ->
            trail.succeeded(
                Door.PAGES, one, first(one.tenants()), object(one.id()), detail(one.proof(), id)),
        () -> refused(id, "PERSON_GONE"));
    return person;
  }

  /**
   * Notes that what a browser brought doesn't prove that a passkey was there.
   *
   * @param id the one that it named
   */
  public void unproven(Bytes id) {
    refused(id, "UNPROVEN");
  }

  /** What somebody brought who isn't known here is written nowhere. */
  private void refused(Bytes id, String why) {
    String object = find(id).map(one -> object(one.holder())).orElse("passkey");
    trail.refused(Optional.empty(), object, "proof=passkey why=" + why);
  }

  /**
   * Notes that one was used.
   *
   * @param counter its signature counter
   * @param backedUp whether there are copies of it
   */
  public void used(Bytes id, long counter, boolean backedUp) {
    inTransaction(
        transaction -> {
          records.passkeys().used(transaction, id, counter, backedUp, clock.instant());
          return true;
        });
  }

  private void note(Transaction transaction, Actor.Person person, Bytes id, String action) {
    records
        .audit()
        .append(
            transaction,
            person,
            action,
            first(person.tenants()),
            object(person.id()),
            detail(person.proof(), id));
  }

  private static String object(SubjectId person) {
    return "person:" + person.value();
  }

  private static String detail(Proof proof, Bytes id) {
    String octets = HexFormat.of().formatHex(id.toArray());
    return "proof=%s passkey=%s"
        .formatted(
            proof.name().toLowerCase(Locale.ROOT),
            octets.substring(0, Math.min(octets.length(), 32)));
  }

  private boolean inTransaction(Work work) {
    return records.transactions().<Boolean, RuntimeException>inTransaction(work::in);
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  private interface Work {
    boolean in(Transaction transaction);
  }

  private static Optional<TenantId> first(Set<TenantId> tenants) {
    return tenants.stream().sorted().findFirst();
  }
}
