package de.kreissiegel.ra.pages.terms;

import de.kreissiegel.ca.terms.Acceptance;
import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;

/**
 * That somebody accepted terms.
 *
 * @param address where their words are
 */
public record AcceptedRow(String title, int version, Instant at, String digest, String address) {
  /** In the language of the request. */
  public static AcceptedRow of(Acceptance acceptance, TermsDesk desk) {
    return new AcceptedRow(
        desk.find(acceptance.name(), acceptance.version())
            .map((Terms terms) -> terms.in(Words.language()).title())
            .orElse(acceptance.name().value()),
        acceptance.version(),
        acceptance.at(),
        acceptance.digest().toHex(),
        TermsRow.address(acceptance.name().value(), acceptance.version()));
  }
}
