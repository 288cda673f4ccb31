package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import de.kreissiegel.hsm.token.pkcs11.PrivateData;
import de.kreissiegel.hsm.token.pkcs11.TokenChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A custodian's PKCS#11 card: their shares lie there behind their PIN, each as a private data
 * object whose value is what would stand on paper. Nothing of ours is needed to read one: any
 * PKCS#11 tool shows it to whoever has card and PIN.
 */
public final class ShareCard {
  private final Pkcs11Config config;

  /**
   * The card of that label.
   *
   * @param library the card's PKCS#11 library, an absolute path
   * @throws IllegalArgumentException with a sentence, if library or label can't be
   */
  public ShareCard(Path library, String label) {
    this.config =
        new Pkcs11Config("card", library, new TokenChoice.Label(label), Optional.empty(), 1);
  }

  /**
   * Writes a share; the same vault's and key's from an earlier attempt is replaced.
   *
   * @param pin the card's; the caller wipes it
   * @throws IOException with a sentence, if the card isn't there, or refuses
   */
  public void write(KeyShare share, KeyId key, char[] pin) throws IOException {
    PrivateData.write(config, pin, label(share.vault(), key), share.text());
  }

  /**
   * Reads the share of a vault's key.
   *
   * @param vault {@link KeyShare#vaultId}
   * @return what stands there, to be read by {@link KeyShare#read}; nothing if there is none
   * @throws IOException with a sentence, if the card isn't there, or refuses
   */
  public Optional<String> read(Bytes vault, KeyId key, char[] pin) throws IOException {
    return PrivateData.read(config, pin, label(vault, key));
  }

  private static String label(Bytes vault, KeyId key) {
    return "share of " + key + ", vault " + vault.toHex();
  }
}
