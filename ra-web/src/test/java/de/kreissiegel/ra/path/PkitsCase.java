package de.kreissiegel.ra.path;

import de.kreissiegel.ca.path.PathOptions;
import de.kreissiegel.ca.policyset.PolicySet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line of {@code pkits.txt}, which says what its columns are.
 *
 * @param number as {@code 4.8.1.2}
 * @param certificate the file's name, without {@code EE.crt}
 */
record PkitsCase(String number, String certificate, Set<String> settings, String outcome) {
  private static final String POLICIES = "2.16.840.1.101.3.2.1.48.";

  static List<PkitsCase> all() throws IOException {
    try (InputStream in = PkitsCase.class.getResourceAsStream("pkits.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(PkitsCase::of)
          .toList();
    }
  }

  private static PkitsCase of(String line) {
    String[] columns = line.split("\\|", -1);
    return new PkitsCase(
        columns[0].strip(),
        columns[1].strip(),
        Arrays.stream(columns[2].strip().split(" "))
            .filter(word -> !word.equals("-"))
            .collect(Collectors.toSet()),
        columns[3].strip());
  }

  /** The section, as {@code 4.8}. */
  String section() {
    return number.split("\\.")[0] + "." + number.split("\\.")[1];
  }

  /** The test, of which this may be a part, as {@code 4.8.1}. */
  String test() {
    return section() + "." + number.split("\\.")[2];
  }

  PathOptions options() {
    Set<String> policies =
        settings.stream()
            .filter(word -> word.matches("P[1-6]"))
            .map(word -> POLICIES + word.substring(1))
            .collect(Collectors.toSet());
    return new PathOptions(
        PolicySet.RFC5280,
        Optional.empty(),
        List.of(),
        policies,
        settings.contains("explicit"),
        settings.contains("no-mapping"),
        settings.contains("no-any"),
        true);
  }

  /** A policy as the table writes it. */
  static String shortened(String policy) {
    return policy.equals("2.5.29.32.0") ? "any" : policy.replace(POLICIES, "P");
  }
}
