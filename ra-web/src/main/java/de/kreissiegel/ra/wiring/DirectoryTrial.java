package de.kreissiegel.ra.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ldap.DirectoryCheck;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.DirectoryFindings;
import de.kreissiegel.ldap.mapping.MappingFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a directory tells when it is tried: {@code directory check} for pages.
 *
 * @param passes whether it can be followed as it is configured
 * @param failure the name of the LDAP result code by which it failed; empty if it answered
 * @param lines what {@code directory check} would print
 * @param seen what it holds; empty where it got no answer
 */
public record DirectoryTrial(
    boolean passes, Optional<String> failure, List<String> lines, Optional<Seen> seen) {
  /** What makes the lines longer than anybody reads. */
  private static final int MOST_LINES = 2_000;

  public DirectoryTrial {
    lines = List.copyOf(lines);
  }

  /**
   * What stands in it.
   *
   * @param kinds how many there are of each kind
   * @param tenants the administrations, by name
   * @param mailDomains of each tenant's own mailboxes, by the tenant's id
   * @param offices names of those who hold each office that excludes others
   * @param conflicts names of those who hold two of them or more
   */
  public record Seen(
      Map<SubjectKind, Integer> kinds,
      List<Tenant> tenants,
      Map<String, Set<String>> mailDomains,
      Map<Office, Set<String>> offices,
      Set<String> conflicts) {}

  /**
   * Reads the only directory of a configuration once; changes nothing.
   *
   * @param configuration {@code kreissiegel.yaml}
   */
  public static DirectoryTrial of(Path configuration, InstantSource clock) {
    var lines = new ArrayList<String>();
    try {
      DirectoryConfig config = DirectoryWiring.configs(configuration).getFirst();
      var check =
          new DirectoryCheck(
              config,
              clock,
              line -> {
                if (lines.size() < MOST_LINES) {
                  lines.add(line);
                }
              });
      boolean passes = check.passes();
      return new DirectoryTrial(
          passes, check.failure(), lines, check.findings().map(DirectoryTrial::seen));
    } catch (IOException | ConfigurationFaults | RuntimeException wrong) {
      lines.add(String.valueOf(wrong.getMessage()));
      return new DirectoryTrial(false, Optional.of("configuration"), lines, Optional.empty());
    }
  }

  private static Seen seen(DirectoryFindings found) {
    return new Seen(
        found.kinds(), found.tenants(), found.mailDomains(), found.offices(), found.conflicts());
  }

  /** The names of the mappings that come along. */
  public static List<String> presets() {
    return MappingFile.BUNDLED;
  }

  /**
   * The text of a mapping that comes along.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String preset(String name) {
    if (!MappingFile.BUNDLED.contains(name)) {
      throw new IllegalArgumentException("no mapping " + name);
    }
    try (InputStream text = MappingFile.class.getResourceAsStream(name + ".yaml")) {
      if (text == null) {
        throw new IllegalStateException("the mapping " + name + " is missing");
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** What is wrong with a mapping's text; empty if nothing is. */
  public static Optional<String> wrong(String mapping) {
    try {
      MappingFile.read("mapping", mapping);
      return Optional.empty();
    } catch (ConfigurationFaults faults) {
      return Optional.of(String.valueOf(faults.getMessage()));
    }
  }
}
