package de.kreissiegel.ra.pages.house;

import de.kreissiegel.ra.health.HouseState;
import de.kreissiegel.ra.pages.Mark;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A part of the house as the page shows it.
 *
 * @param key the end of its words' name: {@code signer}
 * @param mark how it is
 * @param details what it says of itself
 */
record PartLine(String key, Mark mark, Map<String, String> details) {
  private static final Set<String> KNOWN =
      Set.of(
          "clock",
          "crl",
          "database",
          "directory",
          "emergency",
          "hierarchy",
          "letters",
          "ocsp",
          "outbox",
          "ownCertificates",
          "revision",
          "roles",
          "signer",
          "syslog");

  static PartLine of(HouseState.Part part) {
    return new PartLine(
        KNOWN.contains(part.name()) ? part.name() : "other",
        new Mark(
            switch (part.well()) {
              case GOOD -> Mark.Tone.SUCCESS;
              case ATTENTION -> Mark.Tone.WARNING;
              case BAD -> Mark.Tone.DANGER;
            },
            "house.well." + part.well().name().toLowerCase(Locale.ROOT)),
        part.details());
  }
}
