package de.kreissiegel.hsm.token.pkcs11;

import java.io.IOException;
import java.util.Optional;

/**
 * Replaces a token's PINs, so that whoever knew the old ones opens it no more. No {@link
 * Pkcs11Token} of this process may have it open meanwhile.
 */
public final class TokenPin {
  /** Whose PIN. The security officer can give the user another one, so theirs counts as much. */
  public enum Holder {
    USER(Ck.CKU_USER),
    SECURITY_OFFICER(Ck.CKU_SO);

    private final long user;

    Holder(long user) {
      this.user = user;
    }
  }

  private TokenPin() {}

  /**
   * Replaces one (C_SetPIN), and sees that the token takes the new one.
   *
   * @param old the PIN until now; both remain the caller's, who wipes them
   * @throws IOException with a sentence, if the token isn't there or doesn't take one of the two
   */
  public static void replace(Pkcs11Config config, Holder holder, char[] old, char[] fresh)
      throws IOException {
    try {
      Pkcs11Module module = Pkcs11Module.at(config.library());
      long slot = find(module, config);
      loggedIn(module, slot, holder, old, session -> session.replacePin(old, fresh));
      loggedIn(module, slot, holder, fresh, _ -> {});
    } catch (LibraryUnusable unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    } catch (PinRefused refused) {
      throw new IOException(
          "the token %s (%s): %s"
              .formatted(config.name(), config.token().words(), refused.getMessage()),
          refused);
    } catch (CkFailure failure) {
      throw new IOException(
          "the token %s (%s) doesn't take another PIN: %s"
              .formatted(config.name(), config.token().words(), failure.getMessage()),
          failure);
    }
  }

  /** A library may show a new token only after a fresh start. */
  private static long find(Pkcs11Module module, Pkcs11Config config) throws CkFailure {
    Optional<SlotFacts> found = module.slots().stream().filter(config.token()::fits).findFirst();
    if (found.isEmpty()) {
      module.restart(module.generation());
      found = module.slots().stream().filter(config.token()::fits).findFirst();
    }
    return found
        .orElseThrow(() -> new CkFailure("C_GetSlotList", CkFailure.TOKEN_NOT_PRESENT))
        .id();
  }

  private interface Work {
    void on(Session session) throws CkFailure;
  }

  private static void loggedIn(Pkcs11Module module, long slot, Holder holder, char[] pin, Work work)
      throws CkFailure, PinRefused {
    Session session = module.open(slot, true, 0);
    try {
      try {
        session.login(holder.user, pin);
      } catch (CkFailure failure) {
        throw PinRefused.because(failure);
      }
      try {
        work.on(session);
      } finally {
        session.logout();
      }
    } finally {
      session.close();
    }
  }
}
