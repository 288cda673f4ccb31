package de.kreissiegel.ca.hierarchy;

import java.util.Locale;

/**
 * Something that somebody has to do.
 *
 * @param urgent whether it is overdue: certificates are shorter than promised, or aren't made
 * @param german a sentence
 * @param english the same
 */
public record CalendarWarning(boolean urgent, String german, String english) {
  /** The sentence in this language, else in English. */
  public String sentence(Locale language) {
    return language.getLanguage().equals("de") ? german : english;
  }
}
