package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;

/**
 * What a person said of a field, as it goes into the certificate. The directory confirms none of
 * it.
 *
 * @param field of which field
 * @param value a common name, a pseudonym without its mark, a mail address, a DNS name in lower
 *     case, or days as {@code P90D}
 * @param by who said it: the applicant or an officer
 */
public record FieldValue(Field field, String value, FieldSource by) {
  /** As it stands in the audit trail. */
  @Override
  public String toString() {
    return field.configName() + ":" + by.configName() + ":" + value;
  }
}
