package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.pkcs11.PinFile;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import de.kreissiegel.hsm.token.pkcs11.TokenChoice;
import de.kreissiegel.hsm.token.pkcs11.TokenContents;
import de.kreissiegel.hsm.token.pkcs11.TokenPin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An HSM that a vault uses, as {@code vault.yaml} names it.
 *
 * @param name what the vault calls it: lower-case letters, digits and hyphens; not {@code software}
 * @param library the vendor's PKCS#11 library, an absolute path
 * @param label the token's label
 * @param pinFile a file whose first line is the PIN; none if it is typed at each activation
 * @param holds the one key that it holds, whose secret is the token's PIN; such a token is opened
 *     in ceremonies only, and has no file with its PIN
 * @throws IllegalArgumentException with a sentence, if something isn't so
 */
public record HsmConfig(
    String name, Path library, String label, Optional<Path> pinFile, Optional<KeyId> holds) {
  public HsmConfig {
    new VaultToken(token(name, library, label, pinFile), holds).require();
  }

  /** One whose keys share its PIN. */
  public HsmConfig(String name, Path library, String label, Optional<Path> pinFile) {
    this(name, library, label, pinFile, Optional.empty());
  }

  /**
   * The PIN that lies in the file; the caller wipes it.
   *
   * @return nothing if it is typed
   * @throws IOException if the file can't be read, or there is none in it
   */
  public Optional<char[]> pin() throws IOException {
    return pinFile.isEmpty() ? Optional.empty() : Optional.of(pinIn(pinFile.get()));
  }

  /**
   * The PIN in a file: its first line; the caller wipes it.
   *
   * @throws IOException if the file can't be read, or there is none in it
   */
  public static char[] pinIn(Path file) throws IOException {
    return PinFile.read(file);
  }

  /**
   * Replaces the PIN that opens the token's keys; no vault may have it open.
   *
   * @throws IOException with a sentence, if the token isn't there or doesn't take one of the two
   */
  public void replacePin(char[] old, char[] fresh) throws IOException {
    TokenPin.replace(asToken().config(), TokenPin.Holder.USER, old, fresh);
  }

  /** The same with the PIN of the token's security officer, who can give it another user's PIN. */
  public void replaceOfficerPin(char[] old, char[] fresh) throws IOException {
    TokenPin.replace(asToken().config(), TokenPin.Holder.SECURITY_OFFICER, old, fresh);
  }

  /**
   * Sees that nothing lies on the token, as a key of its own needs it; no vault may have it open.
   *
   * @param pin the token's; the caller wipes it
   * @throws IOException with a sentence, if something lies there, or the token isn't there or
   *     doesn't take the PIN
   */
  public void requireEmpty(char[] pin) throws IOException {
    int found = TokenContents.count(asToken().config(), pin);
    if (found > 0) {
      throw new IOException(
          "the token %s (%s) is to hold one key alone, but something lies there already (objects: %d); take it away with the HSM vendor's tool, or name an empty one"
              .formatted(name, label, found));
    }
  }

  /** As the vault's sheet names it. */
  VaultToken asToken() {
    return new VaultToken(token(name, library, label, pinFile), holds);
  }

  private static Pkcs11Config token(
      String name, Path library, String label, Optional<Path> pinFile) {
    return new Pkcs11Config(
        name, library, new TokenChoice.Label(label), pinFile, Pkcs11Config.USUAL_SESSIONS);
  }
}
