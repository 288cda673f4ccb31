package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.token.TokenUnavailable;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way to one token: a pool of sessions and the login. When the token is lost it is connected
 * anew, at the next call and then ever more rarely; the PIN that this needs is kept while a key is
 * active, and not longer. Nothing is locked while a session is at work.
 */
final class Connection {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());
  private static final int ATTEMPTS = 3;
  private static final long PATIENCE_SECONDS = 20;

  private final Pkcs11Config config;
  private final Absence absence;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private final Object losses = new Object();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Optional<Pkcs11Module> module = Optional.empty();
  private volatile long slot;
  private volatile long generation;
  private volatile boolean connected;

  /** Which login; handles and sessions of an earlier one are not used again. */
  private volatile long epoch;

  private volatile boolean loggedIn;
  private volatile Optional<char[]> pin = Optional.empty();
  private boolean wasConnected;

  Connection(Pkcs11Config config, Clock clock) {
    this.config = config;
    this.absence = new Absence(clock);
    this.permits = new Semaphore(config.maxSessions());
  }

  /** What is done on a session. */
  interface Work<T> {
    T on(Session session) throws CkFailure;
  }

  /** Does work that may be done again if the token is lost in the middle of it. */
  <T> T repeatable(Work<T> work) throws TokenUnavailable, CkFailure {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (CkFailure failure) {
        if (!failure.lost()) {
          throw failure;
        }
        if (attempt == ATTEMPTS) {
          throw unavailable(failure);
        }
      }
    }
  }

  /** Does work once. A failure that means that the token is lost is noted. */
  <T> T once(Work<T> work) throws TokenUnavailable, CkFailure {
    acquire();
    try {
      return direct(work);
    } finally {
      permits.release();
    }
  }

  private <T> T direct(Work<T> work) throws TokenUnavailable, CkFailure {
    Session session = session();
    try {
      T result = work.on(session);
      absence.ends();
      giveBack(session);
      return result;
    } catch (CkFailure failure) {
      if (failure.lost()) {
        session.close();
        lost(session.epoch(), failure);
      } else {
        giveBack(session);
      }
      throw failure;
    }
  }

  /** Like {@link #once}, on a session that may write. */
  <T> T writing(Work<T> work) throws TokenUnavailable, CkFailure {
    return once(
        reading -> {
          Session session = module.orElseThrow().open(slot, true, reading.epoch());
          try {
            return work.on(session);
          } finally {
            session.close();
          }
        });
  }

  private void acquire() throws TokenUnavailable {
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TokenUnavailable(
            "all %d sessions of the token %s are busy; raise its max-sessions"
                .formatted(config.maxSessions(), config.name()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TokenUnavailable("interrupted while waiting for the token " + config.name());
    }
  }

  private Session session() throws TokenUnavailable, CkFailure {
    if (!usable()) {
      reconnect();
    }
    long now = epoch;
    for (Session free = idle.pollFirst(); free != null; free = idle.pollFirst()) {
      if (free.epoch() == now && free.current()) {
        return free;
      }
      free.close();
    }
    try {
      return module.orElseThrow().open(slot, false, now);
    } catch (CkFailure failure) {
      if (failure.lost()) {
        lost(now, failure);
      }
      throw failure;
    }
  }

  /** Another token's connection may have restarted the library; then all handles are void. */
  private boolean usable() {
    return connected && module.isPresent() && module.get().generation() == generation;
  }

  private void giveBack(Session session) {
    if (session.epoch() == epoch) {
      idle.addFirst(session);
    } else {
      session.close();
    }
  }

  /** Connects now, if it isn't too soon after the last failure. */
  private void reconnect() throws TokenUnavailable {
    try {
      if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TokenUnavailable(sentence());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TokenUnavailable(sentence());
    }
    try {
      if (usable()) {
        return;
      }
      if (absence.tooEarly()) {
        throw new TokenUnavailable(sentence());
      }
      connect();
    } catch (CkFailure failure) {
      throw unavailable(failed(failure));
    } catch (LibraryUnusable unusable) {
      throw unavailable(failed(unusable));
    } finally {
      turn.unlock();
    }
  }

  private void connect() throws CkFailure, LibraryUnusable {
    Pkcs11Module library = Pkcs11Module.at(config.library());
    module = Optional.of(library);
    // The first loss may be one session's alone. After that only a fresh start helps.
    if (absence.stubborn()) {
      library.restart(library.generation());
      establish(library);
      return;
    }
    long before = library.generation();
    try {
      establish(library);
    } catch (CkFailure failure) {
      library.restart(before);
      establish(library);
    }
  }

  private void establish(Pkcs11Module library) throws CkFailure {
    long seen = library.generation();
    long found =
        find(library)
            .orElseThrow(() -> new CkFailure("C_GetSlotList", CkFailure.TOKEN_NOT_PRESENT))
            .id();
    Session session = library.open(found, false, epoch + 1);
    loggedIn = pin.isPresent() && relogin(session);
    slot = found;
    generation = seen;
    epoch++;
    idle.addFirst(session);
    connected = true;
    if (wasConnected) {
      LOG.log(System.Logger.Level.INFO, "The token {0} is back.", config.name());
    }
    wasConnected = true;
  }

  private Optional<SlotFacts> find(Pkcs11Module library) throws CkFailure {
    return library.slots().stream().filter(config.token()::fits).findFirst();
  }

  /** With the PIN that was right before. One that is refused is never tried again. */
  private boolean relogin(Session session) throws CkFailure {
    try {
      session.login(pin.orElseThrow());
      return true;
    } catch (CkFailure failure) {
      if (failure.code() == CkFailure.USER_ALREADY_LOGGED_IN) {
        return true;
      }
      if (failure.lost()) {
        throw failure;
      }
      forgetPin();
      LOG.log(
          System.Logger.Level.WARNING,
          "The token {0} came back, but doesn''t take its PIN any more ({1}); its keys are locked.",
          config.name(),
          failure.getMessage());
      return false;
    }
  }

  /**
   * Logs in, or compares the PIN with the one of the login.
   *
   * @throws PinRefused if the token doesn't take it
   */
  void login(char[] secret) throws TokenUnavailable, CkFailure, PinRefused {
    repeatable(Session::probed);
    turn.lock();
    try {
      if (loggedIn && pin.isPresent()) {
        if (!Arrays.equals(pin.get(), secret)) {
          throw new PinRefused("the PIN is not the one that the token was opened with");
        }
        return;
      }
      Optional<CkFailure> refused = direct(session -> attempt(session, secret));
      if (refused.isPresent()) {
        throw PinRefused.because(refused.get());
      }
      pin = Optional.of(secret.clone());
      loggedIn = true;
    } finally {
      turn.unlock();
    }
  }

  private static Optional<CkFailure> attempt(Session session, char[] secret) throws CkFailure {
    try {
      session.login(secret);
      return Optional.empty();
    } catch (CkFailure failure) {
      if (failure.code() == CkFailure.USER_ALREADY_LOGGED_IN) {
        // By somebody else in this process; that says nothing about this PIN.
        session.logout();
        return attempt(session, secret);
      }
      if (failure.lost()) {
        throw failure;
      }
      return Optional.of(failure);
    }
  }

  /** Logs out and forgets the PIN. */
  void logout() {
    turn.lock();
    try {
      boolean was = loggedIn;
      loggedIn = false;
      forgetPin();
      if (was && connected) {
        long unused =
            direct(
                session -> {
                  session.logout();
                  return 0L;
                });
        epoch++;
      }
    } catch (TokenUnavailable | CkFailure gone) {
      LOG.log(System.Logger.Level.DEBUG, "The token {0} was gone before.", config.name());
    } finally {
      turn.unlock();
    }
  }

  private void forgetPin() {
    pin.ifPresent(held -> Arrays.fill(held, '\0'));
    pin = Optional.empty();
  }

  /** Changes with each connecting and each log-out: what was seen before may look different. */
  long epoch() {
    return epoch;
  }

  /** Whether the token is logged in, or will be when it comes back. */
  boolean holdsPin() {
    return pin.isPresent();
  }

  /** The token's mechanisms; empty if it isn't there. */
  Optional<Set<Long>> mechanisms() {
    try {
      return Optional.of(Set.copyOf(repeatable(session -> module.orElseThrow().mechanisms(slot))));
    } catch (TokenUnavailable | CkFailure away) {
      return Optional.empty();
    }
  }

  /** Refuses at once what can't succeed: the token is lost, and it isn't time to try again. */
  void requireHope() throws TokenUnavailable {
    if (!connected && absence.tooEarly()) {
      throw new TokenUnavailable(sentence());
    }
  }

  /** The first who notices counts; the others come from the same loss. */
  private void lost(long when, CkFailure failure) {
    synchronized (losses) {
      if (connected && when == epoch) {
        connected = false;
        absence.begins(String.valueOf(failure.getMessage()));
        LOG.log(
            System.Logger.Level.WARNING,
            "The token {0} is lost: {1}.",
            config.name(),
            absence.why());
      }
    }
  }

  private <E extends Exception> E failed(E cause) {
    absence.goesOn(String.valueOf(cause.getMessage()));
    return cause;
  }

  /** Something is not as it was on the token: the next call starts the library anew. */
  void suspect(String why) {
    synchronized (losses) {
      connected = false;
      absence.suspected(why);
    }
  }

  /** What is the matter, for a person; empty if nothing is. */
  String sentence() {
    if (connected) {
      return "";
    }
    return "the token %s doesn't answer (%s, %s); see that the HSM is on and reachable; next try %s"
        .formatted(config.name(), config.token().words(), absence.why(), absence.nextTry());
  }

  TokenUnavailable unavailable(Exception cause) {
    String sentence = sentence();
    return new TokenUnavailable(
        sentence.isEmpty()
            ? "the token " + config.name() + " fails: " + cause.getMessage()
            : sentence,
        cause);
  }

  void close() {
    logout();
    for (Session free = idle.pollFirst(); free != null; free = idle.pollFirst()) {
      free.close();
    }
    connected = false;
  }
}
