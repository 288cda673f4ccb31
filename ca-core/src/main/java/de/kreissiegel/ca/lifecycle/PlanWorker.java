package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lifecycle.Consequences.Consequence;
import de.kreissiegel.ca.lifecycle.EffectBook.DueEffect;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.DirectoryRules.Newcomer;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.Reaction;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roster.Change.Kind;
import de.kreissiegel.ca.roster.Roster;
import de.kreissiegel.ca.roster.RosterEntry;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.RevocationReason;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Does what is due. Each step may be done again: whatever stops it in the middle, the next turn
 * finds what is left.
 */
final class PlanWorker {
  private static final System.Logger LOG = System.getLogger(PlanWorker.class.getName());
  private static final int PORTION = 100;
  private static final Set<Kind> ENDED_BY_RETURN = EnumSet.of(Kind.LEFT, Kind.AWAY);

  /** After which they go on with another one. */
  private static final Set<Kind> RENEWED =
      EnumSet.of(Kind.MOVED, Kind.RENAMED, Kind.KEY_HOLDER_LEFT);

  private final RevocationDesk desk;
  private final OpenRequests requests;
  private final Books books;
  private final Consequences consequences;
  private final IdleCertificates idle;
  private final ProfileCatalog profiles;
  private final Clock clock;

  /** What is read and written. */
  record Books(
      Transactions transactions,
      Roster roster,
      PlanBook plans,
      EffectBook effects,
      CertificateBook certificates,
      AuditTrail audit) {}

  PlanWorker(
      RevocationDesk desk,
      OpenRequests requests,
      Books books,
      Consequences consequences,
      IdleCertificates idle,
      ProfileCatalog profiles,
      Clock clock) {
    this.desk = desk;
    this.requests = requests;
    this.books = books;
    this.consequences = consequences;
    this.idle = idle;
    this.profiles = profiles;
    this.clock = clock;
  }

  /** Does all that is due now. What fails stays due, and keeps nothing else from being done. */
  void work() {
    eachOf(without -> books.plans().due(without, PORTION), this::carryOut);
    Instant now = clock.instant();
    eachOf(without -> books.effects().dueEffects(now, without, PORTION), this::carryOut);
  }

  private static <T> void eachOf(IntFunction<List<T>> portions, Consumer<T> act) {
    int failed = 0;
    for (List<T> next = portions.apply(0); !next.isEmpty(); next = portions.apply(failed)) {
      for (T one : next) {
        try {
          act.accept(one);
        } catch (RuntimeException failure) {
          failed++;
          LOG.log(Level.ERROR, "what follows from the directory fails: " + one, failure);
        }
      }
    }
  }

  private void carryOut(PlanItem item) {
    switch (item.kind()) {
      case LEFT -> leave(item);
      case MOVED -> {
        requests.refuse(Actor.Component.DIRECTORY, item.subject(), item.lost(), item.note());
        bringAbout(item);
      }
      case AWAY -> {
        bringAbout(item);
        // Not gone after all: what ended with their leaving waits for their return.
        books
            .effects()
            .openEffects(item.subject(), EnumSet.of(Kind.LEFT))
            .forEach(books.effects()::putOff);
      }
      case RENAMED, KEY_HOLDER_LEFT -> bringAbout(item);
      case UNUSED -> {
        bringAbout(item);
        idle.forgetWarnings();
      }
      case RETURNED -> takeBack(item);
      case JOINED, FOUND -> {
        takeBack(item);
        entry(item.subject()).ifPresent(entry -> welcome(entry, item.kind()));
      }
    }
    books.plans().done(item, clock.instant());
  }

  private void leave(PlanItem item) {
    if (entry(item.subject()).filter(one -> one.standing() != Standing.DISABLED).isPresent()) {
      return; // A reading that came between has seen them.
    }
    // Requests first: none may become a certificate behind our back.
    requests.refuse(Actor.Component.DIRECTORY, item.subject(), item.note());
    books.effects().withdrawOccasions(item.subject());
    bringAbout(item);
  }

  private void bringAbout(PlanItem item) {
    for (Consequence one :
        consequences.of(item.kind(), theirs(item), item.lost(), item.seenAt(), clock.instant())) {
      bringAbout(item, one);
      if (RENEWED.contains(item.kind())) {
        offerAgain(item, one.certificate());
      }
    }
  }

  /** Of what was unused only that which still is. */
  private List<StoredCertificate> theirs(PlanItem item) {
    return item.kind() == Kind.UNUSED
        ? idle.of(item.subject())
        : books.certificates().ofSubjects(List.of(item.subject()));
  }

  private void bringAbout(PlanItem item, Consequence one) {
    switch (one.reaction()) {
      case Reaction.Keep _ -> {}
      case Reaction.Revoke revoke when revoke.after().isZero() -> {
        Effect effect = effect(item, one, Effect.Act.REVOKED, Optional.empty());
        books.effects().note(effect, clock.instant());
        revoke(item, effect, note(item, one.certificate()));
        books.effects().settle(effect, true, clock.instant());
      }
      case Reaction.Revoke revoke ->
          books
              .effects()
              .note(
                  effect(item, one, Effect.Act.LATER, Optional.of(revoke.after())),
                  clock.instant());
      case Reaction.Suspend suspend -> {
        Effect effect = effect(item, one, Effect.Act.SUSPENDED, suspend.until());
        boolean isNew = books.effects().note(effect, clock.instant());
        if (!change(
                item.actor(),
                effect,
                RevocationReason.CERTIFICATE_HOLD,
                note(item, one.certificate()))
            && isNew) {
          books.effects().notOurs(effect);
        }
      }
    }
  }

  private Effect effect(PlanItem item, Consequence one, Effect.Act act, Optional<Duration> until) {
    return new Effect(
        item.id(),
        one.certificate().authority(),
        one.certificate().serial(),
        act,
        one.reason(),
        until.map(item.seenAt()::plus),
        act == Effect.Act.SUSPENDED);
  }

  /** The time has come, unless it isn't so any more or somebody decided otherwise. */
  private void carryOut(DueEffect due) {
    Effect effect = due.effect();
    boolean stands = stands(due);
    if (stands) {
      revoke(due.item(), effect, note(due.item(), certificate(effect)) + "; its time is over");
    }
    books.effects().settle(effect, stands, clock.instant());
  }

  private boolean stands(DueEffect due) {
    StoredCertificate certificate = certificate(due.effect());
    return switch (due.effect().act()) {
      // Released meanwhile: an officer knew better.
      case SUSPENDED -> certificate.status() instanceof CertificateStatus.OnHold;
      case LATER ->
          due.item().kind() != Kind.MOVED
              || certificate
                  .tenant()
                  .filter(
                      tenant ->
                          entry(due.item().subject())
                              .filter(entry -> entry.tenants().contains(tenant))
                              .isPresent())
                  .isEmpty();
      case REVOKED -> false;
    };
  }

  private void takeBack(PlanItem item) {
    for (Effect effect : books.effects().openEffects(item.subject(), ENDED_BY_RETURN)) {
      if (effect.ours() && certificate(effect).status() instanceof CertificateStatus.OnHold) {
        release(effect, note(item, certificate(effect)));
      }
      books.effects().settle(effect, false, clock.instant());
    }
  }

  /** Who was there before us is offered it: a rule begins with the next who is new. */
  private void welcome(RosterEntry entry, Kind kind) {
    for (CertificateProfile profile : profiles.all()) {
      Newcomer told = profile.directory().joined();
      if (told != Newcomer.NOTHING && profile.subjects().contains(entry.kind())) {
        note(
            new Occasion(
                entry.id(),
                entry.home(),
                profile.name(),
                kind,
                clock.instant(),
                told == Newcomer.REQUEST && kind == Kind.JOINED));
      }
    }
  }

  /** Another one, with what is in the directory now, for a tenant for which they work now. */
  private void offerAgain(PlanItem item, StoredCertificate old) {
    boolean offered = profiles.find(old.profile()).filter(CertificateProfile::offered).isPresent();
    Optional<RosterEntry> now = entry(item.subject());
    if (offered && now.isPresent()) {
      var tenant = old.tenant().filter(now.get().tenants()::contains).orElse(now.get().home());
      note(
          new Occasion(item.subject(), tenant, old.profile(), item.kind(), clock.instant(), false));
    }
  }

  /** Nobody but the person can make the key, so what a rule asks for is asked of them. */
  private void note(Occasion occasion) {
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.effects().note(transaction, occasion);
              if (occasion.expected()) {
                books
                    .audit()
                    .append(
                        transaction,
                        Actor.Component.DIRECTORY,
                        "application.expected",
                        Optional.of(occasion.tenant()),
                        occasion.auditName(),
                        "new in the directory; the profile's rule asks for an application");
              }
              return Boolean.TRUE;
            });
  }

  private Optional<RosterEntry> entry(SubjectId subject) {
    return books
        .transactions()
        .inTransaction(
            transaction ->
                Optional.ofNullable(
                    books.roster().find(transaction, List.of(subject)).get(subject)));
  }

  /** The number would tell whose a pseudonym is. */
  private static String note(PlanItem item, StoredCertificate certificate) {
    return certificate.subject().filter(Pseudonym::isHolder).isPresent()
        ? item.cause()
        : item.note();
  }

  private StoredCertificate certificate(Effect effect) {
    return books.certificates().find(effect.authority(), effect.serial()).orElseThrow();
  }

  private void revoke(PlanItem item, Effect effect, String note) {
    change(item.actor(), effect, effect.reason(), note);
  }

  /** False if somebody else was quicker. */
  private boolean change(
      Actor.Component actor, Effect effect, RevocationReason reason, String note) {
    return desk(
        () -> desk.revoke(actor, effect.authority(), effect.serial(), Revocation.of(reason, note)));
  }

  private void release(Effect effect, String note) {
    desk(() -> desk.release(Actor.Component.DIRECTORY, effect.authority(), effect.serial(), note));
  }

  private static boolean desk(Act act) {
    try {
      act.run();
      return true;
    } catch (Refused refused) {
      if (refused.reason() != RefusalReason.WRONG_STATE) {
        throw new IllegalStateException("what the directory says was refused", refused);
      }
      return false;
    }
  }

  private interface Act {
    void run() throws Refused;
  }
}
