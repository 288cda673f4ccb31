package de.kreissiegel.ca.profile;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may set which field.
 *
 * @param sources of each field; none where the profile says nothing of a name that it never puts
 *     in: then a wish for it is held against the directory, and not heard any further
 */
public record FieldRules(Map<Field, Set<FieldSource>> sources) {
  /** Copied. */
  public FieldRules {
    Map<Field, Set<FieldSource>> copy = new EnumMap<>(Field.class);
    sources.forEach((field, whose) -> copy.put(field, Set.copyOf(whose)));
    sources = Map.copyOf(copy);
  }

  /** Whose word counts for the field. */
  public Set<FieldSource> of(Field field) {
    return sources.getOrDefault(field, Set.of());
  }

  /** Whether this one's word counts for the field. */
  public boolean allow(Field field, FieldSource source) {
    return of(field).contains(source);
  }

  /** Whether the field never goes in, and a wish for it is refused. */
  public boolean forbid(Field field) {
    return allow(field, FieldSource.NOBODY);
  }

  /** Whether a person's word counts for the field. */
  public boolean openToPeople(Field field) {
    return allow(field, FieldSource.APPLICANT) || allow(field, FieldSource.OFFICER);
  }

  /** The fields for which this one's word counts, in their order. */
  public List<Field> setBy(FieldSource source) {
    return List.of(Field.values()).stream().filter(field -> allow(field, source)).toList();
  }
}
