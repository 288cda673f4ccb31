package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.registration.FieldValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The fields of a certificate that people may set, in forms. */
public final class FieldForm {
  /** How the parameters begin: {@code field-dns}. */
  private static final String PREFIX = "field-";

  private FieldForm() {}

  /**
   * One field to fill in.
   *
   * @param name its parameter
   * @param key its words in {@code messages.properties}
   * @param value what stands in it; several values a line each
   * @param several whether it takes several values
   * @param days the most days, where it takes a number of days; else 0
   * @param required whether it can't be left empty
   */
  public record Input(
      String name, String key, String value, boolean several, long days, boolean required) {}

  /**
   * What stands there already.
   *
   * @param said what was said of the fields before
   * @param days how long the profile's certificates are valid
   */
  public static List<Input> inputs(List<Field> fields, List<FieldValue> said, long days) {
    return fields.stream()
        .map(
            field ->
                new Input(
                    PREFIX + field.configName(),
                    "field." + field.configName(),
                    String.join("\n", values(field, said)),
                    field.most() > 1,
                    field == Field.VALIDITY ? days : 0,
                    field == Field.PSEUDONYM))
        .toList();
  }

  private static List<String> values(Field field, List<FieldValue> said) {
    return said.stream()
        .filter(one -> one.field() == field)
        .map(FieldValue::value)
        .map(value -> field == Field.VALIDITY ? value.replaceAll("\\D", "") : value)
        .toList();
  }

  /** What was typed, as the desk takes it. */
  public static Map<Field, List<String>> read(Map<String, String> parameters) {
    Map<Field, List<String>> said = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String typed = parameters.getOrDefault(PREFIX + field.configName(), "").strip();
      if (!typed.isEmpty()) {
        said.put(
            field,
            switch (field) {
              case VALIDITY -> List.of("P" + typed + "D");
              case MAIL, DNS -> Arrays.asList(typed.split("[\\s,;]+", -1));
              case COMMON_NAME, PSEUDONYM -> List.of(typed);
            });
      }
    }
    return said;
  }
}
