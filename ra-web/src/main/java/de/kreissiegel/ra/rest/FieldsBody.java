package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody says of fields, by their names in profiles: {@code {"dns": ["www.example"]}}. */
final class FieldsBody {
  private static final int MOST = 50;

  private FieldsBody() {}

  static Map<Field, List<String>> read(@Nullable Map<String, List<String>> said) throws Refused {
    Map<Field, List<String>> fields = new EnumMap<>(Field.class);
    if (said == null) {
      return fields;
    }
    for (Map.Entry<String, List<String>> one : said.entrySet()) {
      List<String> values = one.getValue();
      if (values == null || values.contains(null) || values.size() > MOST) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a field has a list of texts");
      }
      fields.put(
          Field.named(one.getKey())
              .orElseThrow(
                  () ->
                      new Refused(
                          RefusalReason.BAD_DATA_FORMAT, "there is no field " + one.getKey())),
          values);
    }
    return fields;
  }
}
