package de.kreissiegel.ra.wiring;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys of the vaults' journals, as the folder of the anchors holds them: {@code
 * journal.pem} that of the only signer, {@code journal-NAME.pem} that of the one of that name. One
 * that isn't there is learned from the vault, once.
 */
final class JournalKeys {
  private JournalKeys() {}

  /**
   * @throws IOException if a file can't be read
   * @throws IllegalArgumentException if one holds no public key
   */
  static Map<String, Bytes> of(Path trust, List<NamedSigner> members) throws IOException {
    Map<String, Bytes> keys = new HashMap<>();
    for (NamedSigner member : members) {
      Path file =
          trust.resolve(
              member.name().equals(NamedSigner.USUAL)
                  ? "journal.pem"
                  : "journal-" + member.name() + ".pem");
      if (Files.exists(file)) {
        keys.put(member.name(), Pem.publicKey(Files.readString(file)));
      }
    }
    return Map.copyOf(keys);
  }
}
