package de.kreissiegel.ca.settings;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where sheets and the consents to them lie: {@code DIGEST.sheet} and {@code DIGEST-KEY.p7s}. They
 * prove themselves, so it doesn't matter who can write there.
 *
 * @param folder may be missing: then there are none
 */
public record ConsentFolder(Path folder) {
  /** How many have to consent. */
  public static final int NEEDED = 2;

  private static final String SHEET = ".sheet";
  private static final String CONSENT = ".p7s";
  private static final int NAME = 16;

  /**
   * Whether two of those who may have consented.
   *
   * @param entitled SHA-256 of their keys' SubjectPublicKeyInfo
   * @throws SettingsUnsigned if not; the message says what is missing
   */
  public void require(SettingsSheet sheet, Set<Bytes> entitled)
      throws SettingsUnsigned, IOException {
    int consents = givers(sheet, entitled).size();
    if (consents < NEEDED) {
      throw new SettingsUnsigned(
          ("the settings %s have the consent of %d, and take effect with that of %d."
                  + " `kreissiegel settings show` says what changed,"
                  + " `kreissiegel settings consent --key FILE` consents")
              .formatted(sheet.digest().substring(0, NAME), consents, NEEDED));
    }
  }

  /** Who consented, of those who may. */
  public Set<Bytes> givers(SettingsSheet sheet, Set<Bytes> entitled) throws IOException {
    var givers = new HashSet<Bytes>();
    for (Path file : files(CONSENT)) {
      new SettingsConsent(Bytes.of(Files.readAllBytes(file)))
          .giver(sheet)
          .filter(entitled::contains)
          .ifPresent(givers::add);
    }
    return givers;
  }

  /** Keeps a sheet, and somebody's consent to it. */
  public void keep(SettingsSheet sheet, SettingsConsent consent) throws IOException {
    Bytes giver =
        consent
            .giver(sheet)
            .orElseThrow(() -> new IllegalArgumentException("no consent to this sheet"));
    Files.createDirectories(folder);
    String name = sheet.digest().substring(0, NAME);
    write(name + SHEET, sheet.octets());
    write(name + "-" + giver.toHex().substring(0, NAME) + CONSENT, consent.cms());
  }

  private void write(String name, Bytes octets) throws IOException {
    Files.write(
        folder.resolve(name),
        octets.toArray(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.SYNC);
  }

  /** The sheet that took effect last, other than this one, as far as the folder knows. */
  public Optional<SettingsSheet> before(SettingsSheet now, Set<Bytes> entitled) throws IOException {
    SettingsSheet newest = null;
    long time = Long.MIN_VALUE;
    for (Path file : files(SHEET)) {
      var sheet = new SettingsSheet(Files.readString(file));
      long modified = Files.getLastModifiedTime(file).toMillis();
      if (!sheet.equals(now) && modified >= time && givers(sheet, entitled).size() >= NEEDED) {
        newest = sheet;
        time = modified;
      }
    }
    return Optional.ofNullable(newest);
  }

  private List<Path> files(String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
