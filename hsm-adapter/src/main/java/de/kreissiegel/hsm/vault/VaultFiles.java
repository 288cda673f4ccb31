package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where what lies in a vault's directory. {@code vault.yaml} comes last and makes it a vault. */
record VaultFiles(Path directory) {
  private static final String POLICY = ".yaml";

  Path keys() {
    return directory.resolve("keys");
  }

  Path journal() {
    return directory.resolve("journal");
  }

  /** How far the authority has taken the journal in. */
  Path takenIn() {
    return directory.resolve("taken-in");
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path policy(KeyId key) {
    return keys().resolve(key + POLICY);
  }

  Path policySignature(KeyId key) {
    return keys().resolve(key + POLICY + ".sig");
  }

  /** The keys that have a policy, signed or not. */
  List<KeyId> policies() throws IOException {
    List<KeyId> found = new ArrayList<>();
    try (DirectoryStream<Path> policies = Files.newDirectoryStream(keys(), "*" + POLICY)) {
      for (Path policy : policies) {
        String name = String.valueOf(policy.getFileName());
        try {
          found.add(new KeyId(name.substring(0, name.length() - POLICY.length())));
        } catch (IllegalArgumentException foreign) {
          // Not a policy of ours: no key has such a name.
        }
      }
    }
    return found;
  }

  private Path sheetFile() {
    return directory.resolve("vault.yaml");
  }

  boolean complete() {
    return Files.exists(sheetFile());
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

  void writeSheet(VaultSheet sheet) throws IOException {
    DurableFiles.write(sheetFile(), sheet.text().getBytes(StandardCharsets.UTF_8));
  }

  VaultSheet sheet() throws VaultDamaged, IOException {
    return VaultSheet.read(sheetFile(), Files.readString(sheetFile()));
  }

  Bytes ceremonyPublicKey() throws VaultDamaged, IOException {
    return sheet().ceremonyPublicKey();
  }
}
