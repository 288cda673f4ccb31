package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where what lies in a vault's directory. {@code vault.yaml} comes last and makes it a vault. */
record VaultFiles(Path directory) {
  private static final String JOURNAL_KEY = "journal-public-key";
  private static final String CEREMONY_KEY = "ceremony-public-key";

  Path keys() {
    return directory.resolve("keys");
  }

  Path journal() {
    return directory.resolve("journal");
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path policy(KeyId key) {
    return keys().resolve(key + ".yaml");
  }

  Path policySignature(KeyId key) {
    return keys().resolve(key + ".yaml.sig");
  }

  private Path sheet() {
    return directory.resolve("vault.yaml");
  }

  boolean complete() {
    return Files.exists(sheet());
  }

  /** Makes the empty directories; what a broken-off attempt left in them goes. */
  void makeEmpty() throws IOException {
    DurableFiles.makeDirectory(keys());
    DurableFiles.makeDirectory(journal());
    clear(keys());
    clear(journal());
  }

  private static void clear(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  void writeSheet(Bytes journalPublicKey, Bytes ceremonyPublicKey, Instant made)
      throws IOException {
    String text =
        """
        # A vault of Kreissiegel. With the first key, anybody can verify its journal; with the
        # second, it knows the policies that were made in a ceremony.
        version: 2
        made: %s
        %s: %s
        %s: %s
        """
            .formatted(
                made,
                JOURNAL_KEY,
                Base64.getEncoder().encodeToString(journalPublicKey.toArray()),
                CEREMONY_KEY,
                Base64.getEncoder().encodeToString(ceremonyPublicKey.toArray()));
    DurableFiles.write(sheet(), text.getBytes(StandardCharsets.UTF_8));
  }

  Bytes journalPublicKey() throws VaultDamaged, IOException {
    return publicKey(JOURNAL_KEY);
  }

  Bytes ceremonyPublicKey() throws VaultDamaged, IOException {
    return publicKey(CEREMONY_KEY);
  }

  private Bytes publicKey(String name) throws VaultDamaged, IOException {
    Matcher line =
        Pattern.compile("(?m)^" + name + ": ([A-Za-z0-9+/=]+)$").matcher(Files.readString(sheet()));
    if (!line.find()) {
      throw new VaultDamaged(sheet() + " names no " + name);
    }
    return Bytes.of(Base64.getDecoder().decode(line.group(1)));
  }
}
