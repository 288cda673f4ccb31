package de.kreissiegel.hsm.ceremony;

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
  private static final Pattern JOURNAL_KEY =
      Pattern.compile("(?m)^journal-public-key: ([A-Za-z0-9+/=]+)$");

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

  void writeSheet(Bytes journalPublicKey, Instant made) throws IOException {
    String text =
        """
        # A vault of Kreissiegel. With this public key, anybody can verify its journal.
        version: 1
        made: %s
        journal-public-key: %s
        """
            .formatted(made, Base64.getEncoder().encodeToString(journalPublicKey.toArray()));
    DurableFiles.write(sheet(), text.getBytes(StandardCharsets.UTF_8));
  }

  Bytes journalPublicKey() throws VaultDamaged, IOException {
    Matcher line = JOURNAL_KEY.matcher(Files.readString(sheet()));
    if (!line.find()) {
      throw new VaultDamaged(sheet() + " doesn't name the journal's public key");
    }
    return Bytes.of(Base64.getDecoder().decode(line.group(1)));
  }
}
