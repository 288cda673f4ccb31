package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.MassRevocation;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Brings all certificates of one generation of an authority to their end. A run is kept in the
 * database, and works in batches of one transaction each: whatever ends it in the middle, {@link
 * #goOn} goes on with what isn't done, and does nothing twice.
 *
 * <p>The reason of each revocation is {@code superseded}, in an emergency, too: {@code
 * keyCompromise} says that the holder's key is in others' hands, and {@code cACompromise} is for
 * certificates of authorities (X.509 §9.5.3.1); neither is true of what a stolen authority key has
 * signed. That the authority isn't to be trusted stands on its superior's list.
 */
public final class MassPath {
  private static final int LONGEST_REASON = 300;
  private static final int BATCH = 200;

  private final AuthorityCatalog authorities;
  private final Map<ProfileName, Turn> turns;
  private final Books books;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * What a run is written to.
   *
   * @param transactions opens them
   * @param runs the runs themselves
   * @param audit who did it, and why
   * @param revocation revokes
   */
  public record Books(
      Transactions transactions, MassBook runs, AuditTrail audit, MassRevocation revocation) {}

  /**
   * @param profiles say who comes first
   * @param random for a run's id
   */
  public MassPath(
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      Books books,
      Clock clock,
      SecureRandom random) {
    this.authorities = authorities;
    this.turns = Turn.of(profiles);
    this.books = books;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Hears how it goes, after each batch.
   *
   * @see MassPath#goOn
   */
  @FunctionalInterface
  public interface Progress {
    void done(MassStep step, int certificates);
  }

  /**
   * What a run would concern. Changes nothing.
   *
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED (a root's certificates are a ceremony's affair)
   */
  public List<PlanLine> plan(AuthorityName authority) throws Refused {
    require(authority);
    return books.runs().plan(authority, turns, now());
  }

  /**
   * What has to be consented to, today, for a run to begin.
   *
   * @param reason why, one line of at most 300 characters
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED for a root; REASON_MISSING; WRONG_STATE of a planned
   *     one, if no later generation issues
   */
  public MassOrder order(AuthorityName authority, MassKind kind, String reason) throws Refused {
    Authority found = require(authority);
    if (reason.isBlank()
        || reason.length() > LONGEST_REASON
        || reason.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          RefusalReason.REASON_MISSING,
          "a reason of one line and at most " + LONGEST_REASON + " characters");
    }
    if (kind == MassKind.PLANNED && !isFollowed(authority)) {
      throw new Refused(
          RefusalReason.WRONG_STATE,
          "no later key issues for " + authority + " yet: roll over first");
    }
    return new MassOrder(
        authority,
        found.certificate().sha256(),
        kind,
        reason.strip(),
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /**
   * Begins a run. In an emergency the generation issues nothing from now on, for ever.
   *
   * @param who for the audit trail
   * @param order what it is
   * @param by the person, in words
   * @param consents those of two people to the order, today's or the day before's
   * @throws Refused NOT_AUTHORIZED if too few consented; REASON_MISSING without a name; WRONG_STATE
   *     if a run is open; and as {@link #order}
   */
  public MassRun begin(Actor who, MassOrder order, String by, MassConsents consents)
      throws Refused, IOException {
    if (!order.equals(order(order.authority(), order.kind(), order.reason()))) {
      throw new Refused(RefusalReason.WRONG_STATE, "the order is not of today");
    }
    if (by.isBlank()) {
      throw new Refused(RefusalReason.REASON_MISSING, "who begins it");
    }
    Set<String> givers = consents.givers(order);
    if (givers.size() < ConsentFolder.NEEDED) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED,
          "the run has the consent of %d and begins with that of %d: `mass consent --key FILE`"
              .formatted(givers.size(), ConsentFolder.NEEDED));
    }
    AuthorityName authority = order.authority();
    var run =
        new MassRun(
            new UUID(random.nextLong(), random.nextLong()),
            authority,
            order.kind(),
            order.reason(),
            by.strip(),
            now(),
            Optional.empty());
    return books
        .transactions()
        .<MassRun, Refused>inTransaction(
            transaction -> {
              if (!books.runs().begin(transaction, run)) {
                throw new Refused(
                    RefusalReason.WRONG_STATE,
                    "a run is open for " + authority + ": go on with it");
              }
              int concerned = books.runs().enlist(transaction, run, turns, run.begunAt());
              note(
                  transaction,
                  who,
                  run,
                  "mass.begun",
                  "%s of %s by %s, consented by %s, %d certificates: %s"
                      .formatted(
                          run.kind(),
                          authority,
                          run.begunBy(),
                          String.join(" and ", givers),
                          concerned,
                          run.reason()));
              return run;
            });
  }

  /**
   * Goes on with the open run to its end. A planned run revokes only what was replaced, and stays
   * open as long as something was not.
   *
   * @param rest revokes what was not replaced, too
   * @return the run; finished if nothing is left to do
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED; WRONG_STATE if no run is open
   */
  public MassRun goOn(Actor who, AuthorityName authority, boolean rest, Progress progress)
      throws Refused {
    MassRun run = run(authority);
    if (run.finished().isPresent()) {
      throw new Refused(RefusalReason.WRONG_STATE, "the run of " + authority + " is finished");
    }
    boolean onlyReplaced = run.kind() == MassKind.PLANNED && !rest;
    boolean moved = true;
    boolean finished = false;
    // What was signed before the stop and stored after it is taken in, too.
    while (!finished && (moved || !onlyReplaced)) {
      moved = pass(who, run, onlyReplaced, progress);
      finished = finish(who, run);
    }
    return run(authority);
  }

  /**
   * The generation's newest run.
   *
   * @throws Refused NOT_FOUND if there is none, NOT_AUTHORIZED
   */
  public MassRun run(AuthorityName authority) throws Refused {
    require(authority);
    return books
        .runs()
        .newest(authority)
        .orElseThrow(
            () -> new Refused(RefusalReason.NOT_FOUND, "there was no run of " + authority));
  }

  /** How far a run came, in order. */
  public List<MassCount> counts(MassRun run) {
    return books.runs().counts(run);
  }

  /** A run's certificates as {@code authority/serial}, in order: what its digest is made of. */
  public void eachCertificate(MassRun run, Consumer<String> each) {
    books.runs().eachSerial(run.id(), serial -> each.accept(run.authority() + "/" + serial));
  }

  /** What holders have to hear, in order. */
  public void eachNotice(MassRun run, Consumer<Notice> each) {
    books.runs().eachNotice(run, each);
  }

  private Authority require(AuthorityName name) throws Refused {
    Authority authority =
        authorities
            .find(name)
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no authority " + name));
    if (authority.isOffline()) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED,
          name + " is a root: what it has signed is revoked in a ceremony");
    }
    return authority;
  }

  /** Whether a later generation issues, and this one doesn't. */
  private boolean isFollowed(AuthorityName authority) {
    return authorities.state(authority, now()).stream().anyMatch(AuthorityState.RETIRING::equals)
        && authorities
            .lineOf(authority)
            .flatMap(line -> line.active(now()))
            .filter(active -> !active.authority().name().equals(authority))
            .isPresent();
  }

  /** Does all that there is to do; whether there was anything. */
  private boolean pass(Actor who, MassRun run, boolean onlyReplaced, Progress progress) {
    boolean moved = takeIn(run) > 0;
    for (MassStep step : run.kind().steps()) {
      int done = batch(who, run, step, onlyReplaced);
      while (done > 0) {
        progress.done(step, done);
        moved = true;
        done = batch(who, run, step, onlyReplaced);
      }
    }
    return moved;
  }

  private int takeIn(MassRun run) {
    return books
        .transactions()
        .<Integer, RuntimeException>inTransaction(
            transaction ->
                books.runs().lockOpen(transaction, run.id())
                    ? books.runs().enlist(transaction, run, turns, now())
                    : 0);
  }

  /** How many it was done with. */
  private int batch(Actor who, MassRun run, MassStep step, boolean onlyReplaced) {
    return books
        .transactions()
        .<Integer, RuntimeException>inTransaction(
            transaction -> {
              // Whoever goes on at the same time waits here, and then sees what is done.
              if (!books.runs().lockOpen(transaction, run.id())) {
                return 0;
              }
              List<MassItem> items =
                  books
                      .runs()
                      .next(transaction, run, step, onlyReplaced && step == MassStep.REVOKE, BATCH);
              if (!items.isEmpty()) {
                work(transaction, who, run, step, items);
                books.runs().done(transaction, run, step, items, now());
              }
              return items.size();
            });
  }

  private void work(
      Transaction transaction, Actor who, MassRun run, MassStep step, List<MassItem> items) {
    switch (step) {
      case REVOKE ->
          books
              .revocation()
              .revoke(
                  transaction,
                  who,
                  run.authority(),
                  items.stream().map(MassItem::serial).toList(),
                  Revocation.of(RevocationReason.SUPERSEDED, run.auditName() + " " + run.reason()));
      case ASK, TELL ->
          note(
              transaction,
              who,
              run,
              step == MassStep.ASK ? "mass.asked" : "mass.told",
              "%d certificates, places %d to %d"
                  .formatted(items.size(), items.getFirst().place(), items.getLast().place()));
    }
  }

  private boolean finish(Actor who, MassRun run) {
    return books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              if (!books.runs().lockOpen(transaction, run.id())) {
                return true;
              }
              // Late ones are enlisted here, too, and then the run isn't finished.
              if (books.runs().enlist(transaction, run, turns, now()) > 0
                  || books.runs().isLeft(transaction, run.id())) {
                return false;
              }
              Bytes serials = digest(run);
              books.runs().finish(transaction, run.id(), now(), serials);
              note(
                  transaction,
                  who,
                  run,
                  "mass.finished",
                  "certificates SHA-256 " + serials.toHex());
              return true;
            });
  }

  private Bytes digest(MassRun run) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      eachCertificate(
          run, line -> digest.update((line + "\n").getBytes(StandardCharsets.US_ASCII)));
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void note(Transaction transaction, Actor who, MassRun run, String action, String detail) {
    books.audit().append(transaction, who, action, Optional.empty(), run.auditName(), detail);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
