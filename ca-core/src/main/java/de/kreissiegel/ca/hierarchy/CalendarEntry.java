package de.kreissiegel.ca.hierarchy;

import java.time.Instant;
import java.util.Locale;

/**
 * A day of the calendar.
 *
 * @param time when
 * @param about the line, the rule, or what an exception is for
 * @param generation of a line, counted from 1; else 0
 * @param planned whether it is computed for a generation that isn't there yet
 * @param detail a sentence of its own, in German and English; may be empty
 */
public record CalendarEntry(
    Instant time, String about, int generation, boolean planned, What what, Detail detail) {

  /** A sentence in two languages. */
  public record Detail(String german, String english) {
    static final Detail NONE = new Detail("", "");

    String in(Locale language) {
      return language.getLanguage().equals("de") ? german : english;
    }
  }

  /** What happens then. */
  public enum What {
    KEY_DUE("der nächste Schlüssel muss da sein", "the next key has to exist"),
    BEGINS("stellt ab jetzt aus", "begins to issue"),
    STOPS(
        "stellt zuletzt aus, führt noch Sperrliste und OCSP", "stops issuing; CRL and OCSP go on"),
    ENDS("endet", "ends"),
    BLOCKED(
        "hat so keinen Nachfolger: Er wäre zu kurz für das, was er ausstellen soll",
        "has no successor as it is: it would be too short for what it is to issue"),
    SUPERIOR_ENDS(
        "das Zertifikat einer fremden übergeordneten Stelle endet",
        "an external superior's certificate ends"),
    ALGORITHM_NEAR("Ende naht", "its end is near"),
    ALGORITHM_ENDS("endet", "ends"),
    EXCEPTION_ENDS("Ausnahme endet", "an exception ends");

    private final String german;
    private final String english;

    What(String german, String english) {
      this.german = german;
      this.english = english;
    }

    String in(Locale language) {
      return language.getLanguage().equals("de") ? german : english;
    }
  }

  /** What happens, without time and name. */
  public String sentence(Locale language) {
    String more = detail.in(language);
    return more.isEmpty() ? what.in(language) : what.in(language) + ": " + more;
  }
}
