package de.kreissiegel.ra.pages.terms;

import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ra.pages.Words;
import java.util.List;

/**
 * Terms as a page shows them.
 *
 * @param value what a form sends to accept them: name, version and digest behind slashes
 * @param digest SHA-256 of what is accepted, hexadecimal
 * @param address their own page
 */
public record TermsRow(
    String value,
    String name,
    int version,
    String title,
    List<String> paragraphs,
    String digest,
    String address) {
  /** In the language of the request. */
  public static TermsRow of(Terms terms) {
    var wording = terms.in(Words.language());
    var digest = terms.digest().toHex();
    return new TermsRow(
        terms + "/" + digest,
        terms.name().value(),
        terms.version(),
        wording.title(),
        wording.paragraphs(),
        digest,
        address(terms.name().value(), terms.version()));
  }

  static String address(String name, int version) {
    return "/info/terms/" + name + "/" + version;
  }
}
