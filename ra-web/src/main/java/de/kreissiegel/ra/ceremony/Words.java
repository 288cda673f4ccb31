package de.kreissiegel.ra.ceremony;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** What is said, in the language of those who are there. */
final class Words {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private final Locale language;
  private final ResourceBundle bundle;

  Words(Locale language) {
    this.language = language;
    bundle =
        ResourceBundle.getBundle(
            "de.kreissiegel.ra.ceremony.words",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  Locale language() {
    return language;
  }

  boolean has(String key) {
    return bundle.containsKey(key);
  }

  /** The sentence of that key, with what belongs in its gaps {@code {0}}, {@code {1}}, …. */
  String say(String key, Object... parts) {
    String sentence = bundle.getString(key);
    for (int i = 0; i < parts.length; i++) {
      sentence = sentence.replace("{" + i + "}", String.valueOf(parts[i]));
    }
    return sentence;
  }

  /** A time as people there read it. */
  String time(Instant instant) {
    return DateTimeFormatter.ofPattern(say("pattern.time"), language)
        .withZone(ZONE)
        .format(instant);
  }

  /** A span of whole months, in years where it is some. */
  String period(Period period) {
    long months = period.toTotalMonths();
    return months % 12 == 0
        ? say(months == 12 ? "period.year" : "period.years", months / 12)
        : say("period.months", months);
  }

  /** The day of a time there. */
  LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }

  /** When a day begins there. */
  Instant beginning(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  String clock(Instant instant) {
    return DateTimeFormatter.ofPattern("HH:mm:ss", language).withZone(ZONE).format(instant);
  }

  String day(Instant instant) {
    return DateTimeFormatter.ofPattern(say("pattern.day"), language).withZone(ZONE).format(instant);
  }
}
