package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All profiles of this installation. The one place where a {@link CertificateProfile} is made. */
public final class ProfileCatalog {
  private static final String ENDING = ".yaml";
  private static final String RESPONDER = "ocsp-responder-";
  private static final String RESPONDER_FILE = "ocsp-responder-people.yaml";
  private static final String BUNDLED = "/de/kreissiegel/ca/profiles/";

  private final SequencedMap<ProfileName, CertificateProfile> byName;

  private ProfileCatalog(SequencedMap<ProfileName, CertificateProfile> byName) {
    this.byName = byName;
  }

  /**
   * Reads every {@code *.yaml} of a directory; the file's name is the profile's.
   *
   * @throws ConfigurationFaults with all faults of all files
   */
  public static ProfileCatalog load(Path directory) throws ConfigurationFaults, IOException {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ENDING)).sorted().toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return parse(texts);
  }

  /** The profiles that the authority brings along. */
  public static ProfileCatalog bundled() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    bundledFiles().forEach(file -> texts.put(file, resource(file)));
    try {
      return parse(texts);
    } catch (ConfigurationFaults broken) {
      throw new IllegalStateException(broken);
    }
  }

  /**
   * The names of the files that the authority brings along; each can be had by {@link
   * #bundledFile}, to be copied into an installation's directory.
   */
  public static List<String> bundledFiles() {
    return resource("index").lines().filter(line -> !line.isBlank()).toList();
  }

  /** The text of a file that the authority brings along. */
  public static String bundledFile(String name) {
    if (!bundledFiles().contains(name)) {
      throw new IllegalArgumentException("no such profile is brought along: " + name);
    }
    return resource(name);
  }

  /**
   * These, with a profile for the OCSP responder of each of these authorities that has none: made
   * as the one that the authority brings along.
   *
   * @param lines names of authorities, at most 25 characters
   */
  public ProfileCatalog withResponders(Collection<AuthorityName> lines) {
    SequencedMap<ProfileName, CertificateProfile> all = new LinkedHashMap<>(byName);
    for (AuthorityName line : lines) {
      var name = new ProfileName(RESPONDER + line);
      if (!all.containsKey(name)) {
        all.put(name, responder(name, line));
      }
    }
    return new ProfileCatalog(all);
  }

  private static CertificateProfile responder(ProfileName name, AuthorityName line) {
    String text =
        resource(RESPONDER_FILE)
            .replace("authority: people\n", "authority: " + line + "\n")
            .replace("(Personen)", "(" + line + ")")
            .replace("(people)", "(" + line + ")");
    try {
      return parse(Map.of(name + ENDING, text)).get(name);
    } catch (ConfigurationFaults broken) {
      throw new IllegalStateException(broken);
    }
  }

  static ProfileCatalog parse(Map<String, String> textsByFile) throws ConfigurationFaults {
    List<ConfigurationFault> faults = new ArrayList<>();
    SequencedMap<ProfileName, CertificateProfile> profiles = new LinkedHashMap<>();
    if (textsByFile.isEmpty()) {
      faults.add(
          new ConfigurationFault(
              "profiles", 0, "", "there is no profile", "Put *.yaml files into the directory."));
    }
    textsByFile.forEach(
        (file, text) -> {
          Optional<ProfileName> name = nameOf(file, faults);
          Optional<ProfileConfig> config = ProfileConfigReader.read(file, text, faults);
          if (name.isPresent() && config.isPresent()) {
            ProfileFactory.make(name.get(), config.get(), faults)
                .ifPresent(profile -> profiles.put(profile.name(), profile));
          }
        });
    List<CertificateProfile> officers =
        profiles.values().stream().filter(CertificateProfile::makesOfficers).toList();
    if (officers.size() > 1) {
      faults.add(
          new ConfigurationFault(
              officers.getLast().name() + ENDING,
              0,
              "purpose",
              "two profiles make officers",
              "Leave one with the purpose approval; the vault knows one kind of officer."));
    }
    Orders.check(profiles, faults);
    if (!faults.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
    return new ProfileCatalog(profiles);
  }

  public Collection<CertificateProfile> all() {
    return List.copyOf(byName.values());
  }

  /** The profiles' texts as they were read, by name and version: {@code smime 3}. */
  public Map<String, Bytes> texts() {
    return byName.values().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                profile -> profile.name() + " " + profile.version(),
                profile -> Bytes.of(profile.text().getBytes(StandardCharsets.UTF_8))));
  }

  public Optional<CertificateProfile> find(ProfileName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The profile of this name, which the system itself needs. */
  public CertificateProfile get(ProfileName name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no profile " + name));
  }

  /**
   * The profile whose certificates make registration officers. Where there is one, an officer's yes
   * counts only with their signature.
   */
  public Optional<CertificateProfile> officers() {
    return byName.values().stream().filter(CertificateProfile::makesOfficers).findFirst();
  }

  private static Optional<ProfileName> nameOf(String file, List<ConfigurationFault> faults) {
    try {
      return Optional.of(new ProfileName(file.substring(0, file.length() - ENDING.length())));
    } catch (IllegalArgumentException notOne) {
      faults.add(
          new ConfigurationFault(
              file,
              0,
              "",
              "the file's name can't be a profile's name",
              "Use lower-case letters, digits and hyphens, at most 40."));
      return Optional.empty();
    }
  }

  private static String resource(String name) {
    try (InputStream in = ProfileCatalog.class.getResourceAsStream(BUNDLED + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + BUNDLED + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
