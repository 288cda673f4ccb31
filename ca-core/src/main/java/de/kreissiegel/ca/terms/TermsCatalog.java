package de.kreissiegel.ca.terms;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The terms in force in an installation. */
public final class TermsCatalog {
  /**
   * Its name in the hierarchy's folder; where it is missing, what the program brings along holds.
   */
  public static final String FILE = "terms.yaml";

  /** Where there are none. */
  public static final TermsCatalog NONE = new TermsCatalog(List.of());

  private final List<Entry> entries;

  private TermsCatalog(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Terms, and for what they hold. */
  record Entry(Terms terms, Scope scope) {}

  /**
   * Reads {@value #FILE}, or what the program brings along.
   *
   * @param folder the hierarchy's
   * @throws ConfigurationFaults if something in it is wrong
   */
  public static TermsCatalog read(Path folder, ProfileCatalog profiles)
      throws ConfigurationFaults, IOException {
    return Files.exists(folder.resolve(FILE)) ? parse(textOf(folder), profiles) : bundled();
  }

  /** The text that {@link #read} reads: it takes effect by two people's consent. */
  public static String textOf(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? Files.readString(file) : bundledText();
  }

  /** What the program brings along. Kinds of certificates that aren't there do no harm. */
  public static TermsCatalog bundled() {
    try {
      return parse(bundledText(), _ -> true);
    } catch (ConfigurationFaults broken) {
      throw new IllegalStateException(broken);
    }
  }

  /**
   * Reads a file's text.
   *
   * @throws ConfigurationFaults if something in it is wrong
   */
  public static TermsCatalog parse(String yaml, ProfileCatalog profiles)
      throws ConfigurationFaults {
    return parse(yaml, name -> profiles.find(name).isPresent());
  }

  private static TermsCatalog parse(String yaml, Predicate<ProfileName> known)
      throws ConfigurationFaults {
    List<ConfigurationFault> faults = new ArrayList<>();
    List<Entry> entries = new TermsReader(known, faults).read(yaml);
    if (!faults.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
    return new TermsCatalog(entries);
  }

  /** What holds for a certificate of this kind for this tenant, if anything. */
  public Optional<Terms> inForce(ProfileName profile, TenantId tenant) {
    return entries.stream()
        .filter(entry -> entry.scope().covers(profile, tenant))
        .max(Comparator.comparingInt(entry -> entry.scope().rank()))
        .map(Entry::terms);
  }

  /** All, in the order of the file. */
  public List<Terms> all() {
    return entries.stream().map(Entry::terms).toList();
  }

  /** The kinds of certificates that these terms name; none if they hold for all. */
  public List<ProfileName> profilesOf(TermsName name) {
    return entries.stream()
        .filter(entry -> entry.terms().name().equals(name))
        .flatMap(entry -> entry.scope().profiles().stream())
        .sorted(Comparator.comparing(ProfileName::value))
        .toList();
  }

  /** The tenants that these terms name; none if they hold for all. */
  public List<TenantId> tenantsOf(TermsName name) {
    return entries.stream()
        .filter(entry -> entry.terms().name().equals(name))
        .flatMap(entry -> entry.scope().tenants().stream())
        .sorted()
        .toList();
  }

  private static String bundledText() {
    try (InputStream in =
        TermsCatalog.class.getResourceAsStream("/de/kreissiegel/ca/terms/" + FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
