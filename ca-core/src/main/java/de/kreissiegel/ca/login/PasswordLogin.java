package de.kreissiegel.ca.login;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Logs people in by their directory's password, and tells the trail of it. Of a try that fails it
 * has the person whose name was typed, if there is one, and never what was typed: people type their
 * password there.
 *
 * <p>Whose name it was is asked for and written after the answer, one after the other, so that its
 * time doesn't tell which names there are. What comes faster than that is left out.
 */
public final class PasswordLogin implements AutoCloseable {
  private static final int MOST_WAITING = 256;
  private static final int MOST_NAMES = 20_000;
  private static final Whose NOBODY = new Whose("login", Optional.empty());

  private final StaffLogin staff;
  private final LoginTrail trail;
  private final Executor afterwards;
  private final Map<String, Whose> failed = new LinkedHashMap<>();

  /**
   * @param staff knows who there is, and their roles
   */
  public PasswordLogin(StaffLogin staff, LoginTrail trail) {
    this(
        staff,
        trail,
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("login-trail").factory(),
            new ThreadPoolExecutor.DiscardPolicy()));
  }

  /** The same with somebody else who does what is done afterwards. */
  PasswordLogin(StaffLogin staff, LoginTrail trail, Executor afterwards) {
    this.staff = staff;
    this.trail = trail;
    this.afterwards = afterwards;
  }

  /**
   * Who has this name and password, proven by {@link Proof#PASSWORD}.
   *
   * @return empty if the name is unknown, the password wrong, or the account disabled
   */
  public Optional<Actor.Person> logIn(Door door, String login, String password)
      throws DirectoryUnavailable {
    Optional<Actor.Person> person =
        staff.logIn(login, password).map(one -> one.provenBy(Proof.PASSWORD));
    person.ifPresentOrElse(
        one -> trail.succeeded(door, one, LoginTrail.tenant(one), object(one), "proof=password"),
        () -> afterwards.execute(() -> refused(ask(login), "WRONG")));
    return person;
  }

  /** Somebody has to wait who tried too often; the directory isn't asked about them. */
  public void throttled(String login) {
    afterwards.execute(() -> refused(remembered(login), "THROTTLED"));
  }

  private void refused(Whose whose, String why) {
    trail.refused(whose.tenant(), whose.object(), "proof=password why=" + why);
  }

  private Whose ask(String login) {
    try {
      Whose whose =
          staff
              .named(login)
              .map(one -> new Whose(object(one), LoginTrail.tenant(one)))
              .orElse(NOBODY);
      remember(login, whose);
      return whose;
    } catch (DirectoryUnavailable away) {
      return NOBODY;
    }
  }

  private synchronized void remember(String login, Whose whose) {
    failed.remove(key(login)); // re-inserted at the end: the eldest stand first
    failed.put(key(login), whose);
    var eldest = failed.entrySet().iterator();
    while (failed.size() > MOST_NAMES) {
      eldest.next();
      eldest.remove();
    }
  }

  private synchronized Whose remembered(String login) {
    return failed.getOrDefault(key(login), NOBODY);
  }

  private static String key(String login) {
    return login.strip().toLowerCase(Locale.ROOT);
  }

  private static String object(Actor.Person person) {
    return "person:" + person.id().value();
  }

  @Override
  public void close() {
    if (afterwards instanceof ThreadPoolExecutor own) {
      own.shutdown();
    }
  }

  /**
   * @param object of the trail
   * @param tenant whose auditors see it
   */
  private record Whose(String object, Optional<TenantId> tenant) {}
}
