package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.FieldValues;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What people said of fields, as a column of texts: {@code dns officer www.example}. */
final class StoredFields {
  private StoredFields() {}

  /** Nothing where nobody said anything. */
  static String @Nullable [] texts(FieldValues values) {
    return values.all().isEmpty()
        ? null
        : values.all().stream()
            .map(
                one ->
                    String.join(" ", one.field().configName(), one.by().configName(), one.value()))
            .toArray(String[]::new);
  }

  static FieldValues read(@Nullable Array column) throws SQLException {
    if (column == null) {
      return FieldValues.NONE;
    }
    var values = new ArrayList<FieldValue>();
    for (String text : (String[]) column.getArray()) {
      String[] parts = text.split(" ", 3);
      values.add(
          new FieldValue(
              Field.named(parts[0]).orElseThrow(),
              parts[2],
              FieldSource.named(parts[1]).orElseThrow()));
    }
    return new FieldValues(values);
  }
}
