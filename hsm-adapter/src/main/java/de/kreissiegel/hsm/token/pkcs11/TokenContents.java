package de.kreissiegel.hsm.token.pkcs11;

import java.io.IOException;

/** What lies on a token, whoever put it there. */
public final class TokenContents {
  /** The classes of objects that people put on a token (PKCS#11 3.1 §4.1). */
  private static final long[] KINDS = {
    Ck.CKO_DATA, Ck.CKO_CERTIFICATE, Ck.CKO_PUBLIC_KEY, Ck.CKO_PRIVATE_KEY, Ck.CKO_SECRET_KEY
  };

  private TokenContents() {}

  /**
   * How many keys, certificates and data objects a token keeps, those behind its PIN included. No
   * {@link Pkcs11Token} of this process may have it open meanwhile.
   *
   * @param pin the user's; the caller wipes it
   * @throws IOException with a sentence, if the token isn't there or doesn't take the PIN
   */
  public static int count(Pkcs11Config config, char[] pin) throws IOException {
    return new TokenVisit(config)
        .with(
            Ck.CKU_USER,
            pin,
            session -> {
              int found = 0;
              for (long kind : KINDS) {
                found +=
                    session
                        .find(new Template().with(Ck.CKA_TOKEN, true).with(Ck.CKA_CLASS, kind))
                        .size();
              }
              return found;
            });
  }
}
