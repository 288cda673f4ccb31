package de.kreissiegel.hsm.policy;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which names subjectAltName may hold (RFC 5280 §4.2.1.6).
 *
 * @param forms how many of each; a form that is missing is refused
 * @param wildcards whether the leftmost label of a DNS name may be {@code *}
 */
public record NameRules(Map<NameForm, Count> forms, boolean wildcards) {
  /** No name at all. */
  public static final NameRules NONE = new NameRules(Map.of(), false);

  public NameRules {
    EnumMap<NameForm, Count> ordered = new EnumMap<>(NameForm.class);
    ordered.putAll(forms);
    forms = java.util.Collections.unmodifiableMap(ordered);
  }

  /** At least and at most so many. */
  public record Count(int least, int most) {
    public Count {
      if (least < 0 || most < Math.max(1, least)) {
        throw new IllegalArgumentException("at most must be 1 or more, and not below at least");
      }
    }
  }
}
