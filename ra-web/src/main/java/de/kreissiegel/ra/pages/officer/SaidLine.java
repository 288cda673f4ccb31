package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ra.pages.Words;
import java.util.List;

/**
 * What a person said of a field, for officers' eyes.
 *
 * @param key which field, in {@code messages.properties}
 * @param value what they said
 * @param by who, in {@code messages.properties}
 * @param counts whether it goes in: of a field with one value an officer's word overrules
 */
record SaidLine(String key, String value, String by, boolean counts) {
  static List<SaidLine> of(FieldValues values, Words words) {
    return values.all().stream().map(one -> of(one, values, words)).toList();
  }

  private static SaidLine of(FieldValue said, FieldValues all, Words words) {
    return new SaidLine(
        "field." + said.field().configName(),
        said.field() == Field.VALIDITY
            ? words.of("field.validity.days", said.value().replaceAll("\\D", ""))
            : said.value(),
        "field.by." + said.by().configName(),
        all.counts(said));
  }
}
