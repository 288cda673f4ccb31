package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.settings.SettingsSheet;
import de.kreissiegel.ca.settings.SettingsUnsigned;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of an installation that need two people's consent, and who may give it: those of
 * {@code trust/settings-officers.txt}, or else the first registration officers of the ceremony.
 *
 * @param authorities the hierarchy's folder
 * @param trust the folder of anchors
 */
public record SettingsOfInstallation(Path authorities, Path trust) {
  private static final String HIERARCHY = "hierarchy.yaml";

  private static final Pattern NAMED =
      Pattern.compile("mapping-.*\\.yaml|services\\.yaml|service-.*\\.(pem|key)");

  private static final String OFFICERS = "settings-officers.txt";

  /** All of them, as they are now. */
  public SettingsSheet sheet(ProfileCatalog profiles) throws IOException {
    AuthorityCatalog catalog = AuthorityFiles.read(authorities);
    List<Authority> ours =
        catalog.all().stream().filter(one -> catalog.takenOver(one.name()).isEmpty()).toList();
    if (ours.isEmpty()) {
      throw new IOException(authorities + " holds no authority yet");
    }
    Optional<Authority> root = ours.stream().filter(Authority::isRoot).findFirst();
    Map<String, Bytes> files = new TreeMap<>();
    for (String name : List.of(HIERARCHY, AuthorityFiles.EXCEPTIONS)) {
      Path file = authorities.resolve(name);
      if (name.equals(HIERARCHY) || Files.exists(file)) {
        files.put(name, Bytes.of(Files.readAllBytes(file)));
      }
    }
    files.put(
        TermsCatalog.FILE,
        Bytes.of(TermsCatalog.textOf(authorities).getBytes(StandardCharsets.UTF_8)));
    for (Path more : named()) {
      files.put(String.valueOf(more.getFileName()), Bytes.of(Files.readAllBytes(more)));
    }
    catalog.superiors().values().stream()
        .flatMap(List::stream)
        .forEach(superior -> files.put(superior.name() + ".cer", superior.certificate()));
    return root.isPresent()
        ? SettingsSheet.of(root.get().certificate(), files, profiles.texts())
        : SettingsSheet.withoutRoot(ours.getFirst().certificate(), files, profiles.texts());
  }

  /**
   * Mappings say whom a directory's entries make an officer; services, where devices connect to and
   * whom they believe there.
   */
  private List<Path> named() throws IOException {
    try (Stream<Path> files = Files.list(authorities)) {
      return files
          .filter(file -> NAMED.matcher(String.valueOf(file.getFileName())).matches())
          .toList();
    }
  }

  /** SHA-256 of the keys of those who may consent. */
  public Set<Bytes> entitled() throws IOException {
    return Files.exists(trust.resolve(OFFICERS))
        ? FirstOfficers.read(trust, OFFICERS)
        : FirstOfficers.read(trust);
  }

  /** Where consents lie. */
  public ConsentFolder consents() {
    return new ConsentFolder(trust.resolve("consents"));
  }

  /**
   * Whether these settings may be used.
   *
   * @throws SettingsUnsigned if not
   */
  public void require(ProfileCatalog profiles) throws SettingsUnsigned, IOException {
    consents().require(sheet(profiles), entitled());
  }
}
