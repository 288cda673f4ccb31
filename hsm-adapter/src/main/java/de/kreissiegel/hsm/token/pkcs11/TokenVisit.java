package de.kreissiegel.hsm.token.pkcs11;

import java.io.IOException;
import java.util.Optional;

/** One log-in to one token, for work that isn't signing; afterwards it is as before. */
final class TokenVisit {
  private final Pkcs11Config config;

  TokenVisit(Pkcs11Config config) {
    this.config = config;
  }

  /** What is done while logged in. */
  interface Work<T> {
    T on(Session session) throws CkFailure;
  }

  /** Work without a result. */
  interface Task {
    void on(Session session) throws CkFailure;
  }

  /** As {@link #with}. */
  void perform(long user, char[] pin, Task task) throws IOException {
    Object unused =
        with(
            user,
            pin,
            session -> {
              task.on(session);
              return session;
            });
  }

  /**
   * Logs in, works, logs out. No {@link Pkcs11Token} of this process may have the token open.
   *
   * @param user CKU_USER or CKU_SO
   * @throws IOException with a sentence, if the token isn't there, doesn't take the PIN, or the
   *     work fails
   */
  <T> T with(long user, char[] pin, Work<T> work) throws IOException {
    try {
      Pkcs11Module module = Pkcs11Module.at(config.library());
      return loggedIn(module, find(module), user, pin, work);
    } catch (LibraryUnusable unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    } catch (PinRefused refused) {
      throw new IOException(said(String.valueOf(refused.getMessage())), refused);
    } catch (CkFailure failure) {
      throw new IOException(said(String.valueOf(failure.getMessage())), failure);
    }
  }

  private String said(String what) {
    return "the token %s (%s): %s".formatted(config.name(), config.token().words(), what);
  }

  /** A library may show a new token only after a fresh start. */
  private long find(Pkcs11Module module) throws CkFailure {
    Optional<SlotFacts> found = module.slots().stream().filter(config.token()::fits).findFirst();
    if (found.isEmpty()) {
      module.restart(module.generation());
      found = module.slots().stream().filter(config.token()::fits).findFirst();
    }
    return found
        .orElseThrow(() -> new CkFailure("C_GetSlotList", CkFailure.TOKEN_NOT_PRESENT))
        .id();
  }

  private static <T> T loggedIn(Pkcs11Module module, long slot, long user, char[] pin, Work<T> work)
      throws CkFailure, PinRefused {
    Session session = module.open(slot, true, 0);
    try {
      try {
        session.login(user, pin);
      } catch (CkFailure failure) {
        throw PinRefused.because(failure);
      }
      try {
        return work.on(session);
      } finally {
        session.logout();
      }
    } finally {
      session.close();
    }
  }
}
