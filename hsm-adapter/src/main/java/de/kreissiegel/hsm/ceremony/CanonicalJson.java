package de.kreissiegel.hsm.ceremony;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * JSON with one way to write it (RFC 8785): members sorted, no white space. Of numbers only whole
 * ones. In comes what Java has for it: maps, lists, strings, whole numbers, truth values.
 */
public final class CanonicalJson {
  private static final int LONGEST = 1 << 20;

  private CanonicalJson() {}

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException if JSON has nothing for it
   */
  public static byte[] write(Object value) {
    StringBuilder text = new StringBuilder();
    write(text, value);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads an object that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it isn't one, to the last octet
   */
  public static Map<String, Object> read(byte[] octets) {
    if (octets.length > LONGEST) {
      throw new IllegalArgumentException("longer than a record can be");
    }
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setSchema(new JsonSchema())
              .setAllowDuplicateKeys(false)
              .setCodePointLimit(LONGEST)
              .setMaxAliasesForCollections(0)
              .build();
      Object read = new Load(settings).loadFromString(new String(octets, StandardCharsets.UTF_8));
      if (read instanceof Map<?, ?> map && java.util.Arrays.equals(write(map), octets)) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
      }
    } catch (YamlEngineException | StackOverflowError notJson) {
      throw new IllegalArgumentException("not JSON", notJson);
    }
    throw new IllegalArgumentException("not an object in canonical JSON (RFC 8785)");
  }

  private static void write(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> throw new IllegalArgumentException("no member is null");
      case String string -> string(text, string);
      case Integer number -> text.append(number.intValue());
      case Long number -> text.append(number.longValue());
      case Boolean truth -> text.append(truth.booleanValue());
      case Map<?, ?> map -> object(text, map);
      case List<?> list -> array(text, list);
      default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
    }
  }

  private static void object(StringBuilder text, Map<?, ?> map) {
    // RFC 8785 §3.2.3: sorted by UTF-16 code units, as String compares.
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach(
        (name, value) -> {
          if (!(name instanceof String)) {
            throw new IllegalArgumentException("a member's name is a string");
          }
          sorted.put((String) name, value);
        });
    String between = "{";
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      text.append(between);
      string(text, member.getKey());
      text.append(':');
      write(text, member.getValue());
      between = ",";
    }
    text.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void array(StringBuilder text, List<?> list) {
    String between = "[";
    for (Object item : list) {
      text.append(between);
      write(text, item);
      between = ",";
    }
    text.append(list.isEmpty() ? "[]" : "]");
  }

  private static void string(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
