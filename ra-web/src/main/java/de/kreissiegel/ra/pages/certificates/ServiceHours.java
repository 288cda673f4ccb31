package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ra.pages.Words;
import java.util.Locale;

/**
 * When people can be reached for a revocation, as the installation's configuration says it.
 *
 * @param de a sentence in German
 * @param en the same in English
 */
public record ServiceHours(String de, String en) {
  /** In the language of the request. */
  public String inWords() {
    return Words.language().equals(Locale.ENGLISH) ? en : de;
  }
}
