package de.kreissiegel.ca.login;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Log-ins in the audit trail, alike for all doors: whoever came in, and what was turned away. No
 * flood fills it: of what repeats itself so many are written, and the next one tells how many were
 * left out ({@code left-out=}). It counts in this process's memory, each node for itself.
 */
public final class LoginTrail {
  /** Who acts where nobody is known yet. */
  private static final Actor LOGIN = new Actor.Component("login");

  private static final int MOST_TALLIES = 20_000;

  private final AuditTrail audit;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  public LoginTrail(AuditTrail audit, Transactions transactions, InstantSource clock) {
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Where somebody logs in. */
  public enum Door {
    /** The pages: once for a session. */
    PAGES(20, Duration.ofMinutes(1)),
    /** REST: with each request, so an hour's are one. */
    REST(1, Duration.ofHours(1));

    private final int most;
    private final Duration within;

    Door(int most, Duration within) {
      this.most = most;
      this.within = within;
    }
  }

  /**
   * Somebody came in.
   *
   * @param tenant for which tenant's auditors it is to be seen
   * @param object by or as what, as {@code certificate:people/0a1b…} or {@code person:…}
   * @param detail how, as {@code proof=certificate}
   */
  public void succeeded(
      Door door, Actor.Person person, Optional<TenantId> tenant, String object, String detail) {
    String whole = door == Door.PAGES ? detail : detail + " door=rest";
    write(person, "login.succeeded", tenant, object, whole, door.most, door.within);
  }

  /**
   * Somebody was turned away; one such in a minute for each object and reason is written.
   *
   * @param object as whom or what they wanted in, as far as that is known here: never what somebody
   *     typed or brought, who may be anybody
   * @param detail by what and why, as {@code proof=passkey why=UNPROVEN}
   */
  public void refused(Optional<TenantId> tenant, String object, String detail) {
    write(LOGIN, "login.refused", tenant, object, detail, 1, Duration.ofMinutes(1));
  }

  /** The tenant whose auditors see what a person of several did: the first. */
  static Optional<TenantId> tenant(Actor.Person person) {
    return person.tenants().stream().sorted().findFirst();
  }

  private void write(
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail,
      int most,
      Duration within) {
    String key = String.join(" ", actor.auditName(), action, object, detail);
    OptionalLong leftOut = count(key, most, within);
    if (leftOut.isEmpty()) {
      return;
    }
    String whole = leftOut.getAsLong() == 0 ? detail : detail + " left-out=" + leftOut.getAsLong();
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          audit.append(transaction, actor, action, tenant, object, whole);
          return true;
        });
  }

  /** How many were left out before this one; empty if this one is, too. */
  private synchronized OptionalLong count(String key, int most, Duration within) {
    Instant now = clock.instant();
    Tally known = tallies.remove(key); // re-inserted at the end: the eldest stand first
    Tally tally =
        known == null
            ? new Tally(now, 0, 0)
            : known.since().plus(within).isAfter(now) ? known : new Tally(now, 0, known.leftOut());
    boolean isWritten = tally.written() < most;
    tallies.put(
        key,
        isWritten
            ? new Tally(tally.since(), tally.written() + 1, 0)
            : new Tally(tally.since(), tally.written(), tally.leftOut() + 1));
    var eldest = tallies.entrySet().iterator();
    while (tallies.size() > MOST_TALLIES) {
      eldest.next();
      eldest.remove();
    }
    return isWritten ? OptionalLong.of(tally.leftOut()) : OptionalLong.empty();
  }

  /**
   * @param since when its while began
   * @param written in that while
   * @param leftOut since the last that was written
   */
  private record Tally(Instant since, int written, long leftOut) {}
}
