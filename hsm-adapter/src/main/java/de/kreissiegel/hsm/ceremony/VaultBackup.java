package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of a vault as it lies at rest: keys encrypted, policies, journal. Without shares it opens
 * nothing. Beside the files stands {@code SHA256SUMS}, which sha256sum reads, and its {@link Seal}.
 */
public final class VaultBackup {
  /** The list of digests. */
  public static final String SUMS = "SHA256SUMS";

  private static final String VAULT = "vault";
  private static final String SHEET = "vault.yaml";
  private static final String LOCK = "lock";
  private static final Pattern CEREMONY_KEY =
      Pattern.compile("(?m)^ceremony-public-key: ([A-Za-z0-9+/=]+)$");
  private static final long LARGEST = 1L << 31;

  private VaultBackup() {}

  /**
   * Copies a vault. Nothing may be signed meanwhile: the caller holds the vault open.
   *
   * @param vault its directory
   * @param beside folders that go with it under their own names: certificates, records
   * @param target an empty folder, or one to be made
   * @return the text of {@code SHA256SUMS}, to be sealed
   * @throws IOException if something can't be read or written, or the target holds files
   */
  public static Bytes make(Path vault, List<Path> beside, Path target) throws IOException {
    DurableFiles.makeDirectory(target);
    try (Stream<Path> there = Files.list(target)) {
      if (there.findAny().isPresent()) {
        throw new IOException(target + " is not empty; name an empty folder");
      }
    }
    copy(vault, target.resolve(VAULT), Set.of(LOCK));
    for (Path folder : beside) {
      if (Files.isDirectory(folder)) {
        copy(folder, target.resolve(String.valueOf(folder.getFileName())), Set.of());
      }
    }
    Bytes sums = sums(target);
    DurableFiles.write(target.resolve(SUMS), sums.toArray());
    return sums;
  }

  /**
   * Checks that a backup is whole.
   *
   * @return the text of {@code SHA256SUMS}, whose seal is still to be verified
   * @throws IOException naming the first file that is missing, changed or too many
   */
  public static Bytes check(Path backup) throws IOException {
    Bytes listed = Bytes.of(Files.readAllBytes(backup.resolve(SUMS)));
    Map<String, String> there = lines(sums(backup));
    Map<String, String> wanted = lines(listed);
    for (Map.Entry<String, String> line : wanted.entrySet()) {
      if (!line.getValue().equals(there.remove(line.getKey()))) {
        throw new IOException(
            line.getKey() + " in the backup is missing or changed; take another copy of it");
      }
    }
    if (!there.isEmpty()) {
      throw new IOException(
          there.keySet().iterator().next() + " is not part of this backup; take it away");
    }
    return listed;
  }

  /** Puts one of the folders that went with the vault where none is. */
  public static void restoreBeside(Path backup, Path folder) throws IOException {
    Path from = backup.resolve(String.valueOf(folder.getFileName()));
    if (Files.isDirectory(from)) {
      copy(from, folder, Set.of());
    }
  }

  /** Whether it holds that key; one that lives in an HSM it doesn't. */
  public static boolean holds(Path backup, KeyId key) {
    Path keys = backup.resolve(VAULT).resolve("keys");
    return Files.exists(keys.resolve(key + ".p8")) || Files.exists(keys.resolve(key + ".own.p8"));
  }

  /** The file that names a backed-up vault's public keys. */
  static Path sheet(Path backup) {
    return backup.resolve(VAULT).resolve(SHEET);
  }

  /**
   * The key that signs a backed-up vault's policies and records, as the backup itself says: people
   * compare it with an earlier record.
   *
   * @return SubjectPublicKeyInfo, DER
   */
  public static Bytes ceremonyPublicKey(Path backup) throws IOException {
    Matcher line = CEREMONY_KEY.matcher(Files.readString(sheet(backup)));
    if (!line.find()) {
      throw new IOException(sheet(backup) + " names no ceremony key");
    }
    return Bytes.of(Base64.getDecoder().decode(line.group(1)));
  }

  /**
   * Puts a checked backup where no vault is; {@code vault.yaml} comes last.
   *
   * @param journal a newer copy of the journal's folder, if one was saved; else the backup's
   */
  public static void restore(Path backup, Optional<Path> journal, Path vault) throws IOException {
    if (Files.exists(vault.resolve(SHEET))) {
      throw new IOException("there is a vault in " + vault + " already");
    }
    copy(backup.resolve(VAULT), vault, Set.of(SHEET));
    if (journal.isPresent()) {
      Path own = vault.resolve("journal");
      clear(own);
      copy(journal.get(), own, Set.of());
    }
    DurableFiles.write(vault.resolve(SHEET), Files.readAllBytes(sheet(backup)));
  }

  private static void copy(Path from, Path to, Set<String> without) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          DurableFiles.makeDirectory(target);
        } else if (!without.contains(from.relativize(file).toString())) {
          requireUsual(file);
          DurableFiles.write(target, Files.readAllBytes(file));
        }
      }
    }
  }

  private static void requireUsual(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      throw new IOException(file + " is not one of a vault's files; take it away");
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static Bytes sums(Path backup) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<Path> own =
        List.of(backup.resolve(SUMS), backup.resolve(Seal.FILE), backup.resolve(Seal.SIGNATURE));
    try (Stream<Path> files = Files.walk(backup)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(one -> !own.contains(one)).sorted().toList()) {
        lines
            .append(Digests.sha256(Files.readAllBytes(file)).toHex())
            .append("  ")
            .append(backup.relativize(file))
            .append('\n');
      }
    }
    return Bytes.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> lines(Bytes sums) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (String line : new String(sums.toArray(), StandardCharsets.UTF_8).lines().toList()) {
      int space = line.indexOf("  ");
      if (space != 2 * Digests.OCTETS) {
        throw new IOException(SUMS + " is not a list of digests");
      }
      lines.put(line.substring(space + 2), line.substring(0, space));
    }
    return lines;
  }
}
