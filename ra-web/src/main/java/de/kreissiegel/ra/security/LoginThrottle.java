package de.kreissiegel.ra.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Slows the guessing of passwords down: after 5 failures for one log-in name, or 30 from one
 * address (a town hall shares one), both within 15 minutes, each further try has to wait a minute.
 *
 * <p>It counts in this process's memory: with several nodes an attacker has as many tries on each.
 * The directory's own lockout stands behind it.
 */
final class LoginThrottle {
  private static final int FAILURES_PER_LOGIN = 5;
  private static final int FAILURES_PER_ADDRESS = 30;
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_TALLIES = 20_000;

  private final InstantSource clock;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Before a try: counts it as failed, so that tries at the same time can't pass each other.
   *
   * @return how long to wait, if this try must not be made
   */
  synchronized Optional<Duration> enter(String login, String address) {
    var now = clock.instant();
    var blockedUntil = latest(blockedUntil(loginKey(login)), blockedUntil(addressKey(address)));
    if (blockedUntil.isAfter(now)) {
      return Optional.of(Duration.between(now, blockedUntil));
    }
    count(loginKey(login), FAILURES_PER_LOGIN, now);
    count(addressKey(address), FAILURES_PER_ADDRESS, now);
    return Optional.empty();
  }

  /** The password was right: the name's failures are forgotten, the address is given this one. */
  synchronized void passed(String login, String address) {
    tallies.remove(loginKey(login));
    giveBack(addressKey(address));
  }

  /** Nobody could say whether the password was right: the try doesn't count. */
  synchronized void undecided(String login, String address) {
    giveBack(loginKey(login));
    giveBack(addressKey(address));
  }

  private Instant blockedUntil(String key) {
    var tally = tallies.get(key);
    return tally == null ? Instant.MIN : tally.blockedUntil();
  }

  private void count(String key, int limit, Instant now) {
    var tally = tallies.remove(key); // re-inserted at the end: the eldest stand first
    var failures =
        tally == null || tally.last().plus(WINDOW).isBefore(now) ? 1 : tally.failures() + 1;
    var blockedUntil = failures >= limit ? now.plus(PAUSE) : Instant.MIN;
    tallies.put(key, new Tally(failures, now, blockedUntil));
    var eldest = tallies.entrySet().iterator();
    while (tallies.size() > MOST_TALLIES) {
      eldest.next();
      eldest.remove();
    }
  }

  private void giveBack(String key) {
    tallies.computeIfPresent(
        key,
        (_, tally) ->
            tally.failures() <= 1
                ? null
                : new Tally(tally.failures() - 1, tally.last(), Instant.MIN));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static String loginKey(String login) {
    return "login " + login.toLowerCase(Locale.ROOT);
  }

  private static String addressKey(String address) {
    return "address " + address;
  }

  private record Tally(int failures, Instant last, Instant blockedUntil) {}
}
