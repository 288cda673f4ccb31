package de.kreissiegel.hsm.token.pkcs11;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Small secrets that a token keeps behind its PIN: private data objects (CKO_DATA), told by their
 * label. Smart cards have them as well as HSMs.
 */
public final class PrivateData {
  private static final String APPLICATION = "Kreissiegel";

  private PrivateData() {}

  /**
   * Writes one; what has the same label is replaced.
   *
   * @param pin the user's; the caller wipes it
   * @param value printable ASCII
   * @throws IOException with a sentence, if the token isn't there, doesn't take the PIN or has no
   *     room
   */
  public static void write(Pkcs11Config config, char[] pin, String label, String value)
      throws IOException {
    long written =
        new TokenVisit(config)
            .with(
                Ck.CKU_USER,
                pin,
                session -> {
                  for (long before : session.find(template(label))) {
                    session.destroy(before);
                  }
                  return session.create(
                      template(label)
                          .with(Ck.CKA_PRIVATE, true)
                          .with(Ck.CKA_VALUE, value.getBytes(StandardCharsets.US_ASCII)));
                });
    if (written == 0) {
      throw new IOException("the token %s wrote nothing".formatted(config.name()));
    }
  }

  /**
   * Reads one.
   *
   * @return nothing if the token has none of that label
   * @throws IOException with a sentence, if the token isn't there or doesn't take the PIN
   */
  public static Optional<String> read(Pkcs11Config config, char[] pin, String label)
      throws IOException {
    return new TokenVisit(config)
        .with(
            Ck.CKU_USER,
            pin,
            session -> {
              List<Long> found = session.find(template(label));
              return found.isEmpty()
                  ? Optional.<String>empty()
                  : session
                      .attribute(found.getFirst(), Ck.CKA_VALUE)
                      .map(octets -> new String(octets, StandardCharsets.US_ASCII));
            });
  }

  private static Template template(String label) {
    return new Template()
        .with(Ck.CKA_CLASS, Ck.CKO_DATA)
        .with(Ck.CKA_TOKEN, true)
        .with(Ck.CKA_APPLICATION, APPLICATION)
        .with(Ck.CKA_LABEL, label);
  }
}
