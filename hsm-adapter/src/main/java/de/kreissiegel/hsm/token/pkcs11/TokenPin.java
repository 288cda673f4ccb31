package de.kreissiegel.hsm.token.pkcs11;

import java.io.IOException;

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
    var visit = new TokenVisit(config);
    visit.perform(holder.user, old, session -> session.replacePin(old, fresh));
    visit.perform(holder.user, fresh, _ -> {});
  }
}
