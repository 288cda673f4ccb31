package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.authority.CrlSettings.Division;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link CrlSettings} in YAML; what isn't said is as usual:
 *
 * <pre>
 * crl:
 *   partitions: 4          # among how many lists new certificates are divided
 *   divided-by: serial     # or tenant
 *   validity: PT24H
 *   delta: PT6H            # the validity of delta lists; without it there are none
 *   pause: PT0S            # the least time between two full lists for a change's sake
 *   expired: false         # whether expired certificates stay on the lists
 * </pre>
 */
public final class CrlSheet {
  private static final List<String> KEYS =
      List.of("partitions", "divided-by", "validity", "delta", "pause", "expired");

  private CrlSheet() {}

  static Map<String, Object> write(CrlSettings settings) {
    var sheet = new LinkedHashMap<String, Object>();
    sheet.put("partitions", settings.partitions());
    sheet.put("divided-by", settings.divided().name().toLowerCase(Locale.ROOT));
    sheet.put("validity", settings.validity().toString());
    settings.delta().ifPresent(validity -> sheet.put("delta", validity.toString()));
    sheet.put("pause", settings.pause().toString());
    sheet.put("expired", settings.expired());
    return sheet;
  }

  /**
   * Reads what YAML made of it.
   *
   * @param sheet a map, or null for what is usual
   * @throws IllegalArgumentException if it isn't one; the message is for people
   */
  public static CrlSettings read(@Nullable Object sheet) {
    if (sheet == null) {
      return CrlSettings.USUAL;
    }
    if (!(sheet instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("'crl' is a section of its own");
    }
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new IllegalArgumentException("'crl' has no '" + key + "'; it may have " + KEYS);
      }
    }
    CrlSettings usual = CrlSettings.USUAL;
    return new CrlSettings(
        number(map, usual.partitions()),
        division(map, usual.divided()),
        duration(map, "validity").orElse(usual.validity()),
        duration(map, "delta"),
        duration(map, "pause").orElse(usual.pause()),
        truth(map, usual.expired()));
  }

  private static int number(Map<?, ?> map, int usual) {
    Object value = map.get("partitions");
    if (value == null) {
      return usual;
    }
    try {
      return Integer.parseInt(value.toString());
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException("'partitions' is a number", notOne);
    }
  }

  private static boolean truth(Map<?, ?> map, boolean usual) {
    Object value = map.get("expired");
    if (value == null) {
      return usual;
    }
    return switch (value.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'expired' is true or false");
    };
  }

  private static Division division(Map<?, ?> map, Division usual) {
    Object value = map.get("divided-by");
    if (value == null) {
      return usual;
    }
    return switch (value.toString()) {
      case "serial" -> Division.SERIAL;
      case "tenant" -> Division.TENANT;
      default -> throw new IllegalArgumentException("'divided-by' is serial or tenant");
    };
  }

  private static Optional<Duration> duration(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.parse(Objects.toString(value)));
    } catch (DateTimeException notOne) {
      throw new IllegalArgumentException("'" + key + "' is a duration such as PT6H", notOne);
    }
  }
}
