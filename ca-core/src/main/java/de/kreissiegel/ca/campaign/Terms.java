package de.kreissiegel.ca.campaign;

import java.time.LocalDate;
import java.util.Locale;

/**
 * What can be changed as long as no letters are written.
 *
 * @param title what officers call it, 1 to {@value #LONGEST_TITLE} characters
 * @param due the day by which all shall have happened
 * @param perDay how many letters may go out a day, 1 to {@value #MOST_PER_DAY}
 * @param textDe what the letters say beside what they always do: plain text, at most {@value
 *     #LONGEST_TEXT} characters, may be empty
 * @param textEn the same in English
 */
public record Terms(String title, LocalDate due, int perDay, String textDe, String textEn) {
  /** The longest title. */
  public static final int LONGEST_TITLE = 100;

  /** The longest text, in one language. */
  public static final int LONGEST_TEXT = 1500;

  /** The most letters a day. */
  public static final int MOST_PER_DAY = 1000;

  public Terms {
    title = title.strip();
    textDe = lines(textDe);
    textEn = lines(textEn);
  }

  /** As forms send them (HTML, "multipart/form-data") their ends are CR LF. */
  private static String lines(String text) {
    return text.strip().replace("\r\n", "\n");
  }

  /** The text in a language. */
  public String text(Locale language) {
    return language.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? textEn : textDe;
  }

  boolean titleIsSound() {
    return !title.isEmpty() && isPlain(title, LONGEST_TITLE) && title.indexOf('\n') < 0;
  }

  boolean paceIsSound() {
    return perDay >= 1 && perDay <= MOST_PER_DAY;
  }

  boolean textsAreSound() {
    return isPlain(textDe, LONGEST_TEXT) && isPlain(textEn, LONGEST_TEXT);
  }

  private static boolean isPlain(String text, int longest) {
    return text.length() <= longest
        && text.chars().noneMatch(one -> Character.isISOControl(one) && one != '\n');
  }
}
