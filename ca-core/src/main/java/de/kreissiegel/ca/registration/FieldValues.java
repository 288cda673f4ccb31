package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people said of a certificate's fields, beside what the directory says. Of a field with one
 * value an officer's word counts before the applicant's, and that before the directory's; of the
 * others all count together.
 *
 * @param all in the order in which they were said
 */
public record FieldValues(List<FieldValue> all) {
  /** Nobody said anything. */
  public static final FieldValues NONE = new FieldValues(List.of());

  /** How a pseudonym begins in a certificate (naming rules of the Verwaltungs-PKI v1.3). */
  public static final String PSEUDONYM_MARK = "PN: ";

  /** Copied. */
  public FieldValues {
    all = List.copyOf(all);
  }

  /** What was said of a field that has several values. */
  public List<String> of(Field field) {
    return all.stream()
        .filter(one -> one.field() == field)
        .map(FieldValue::value)
        .distinct()
        .toList();
  }

  /** What was said by one of them, of all fields. */
  public List<FieldValue> saidBy(FieldSource source) {
    return all.stream().filter(one -> one.by() == source).toList();
  }

  /** The word that counts of a field that has one value. */
  public Optional<String> one(Field field) {
    return said(field, FieldSource.OFFICER).or(() -> said(field, FieldSource.APPLICANT));
  }

  /** Whether this one goes in; of a field with one value an officer's word overrules the others. */
  public boolean counts(FieldValue value) {
    return value.field().most() > 1
        || value.by() == FieldSource.OFFICER
        || said(value.field(), FieldSource.OFFICER).isEmpty();
  }

  private Optional<String> said(Field field, FieldSource source) {
    return saidBy(source).stream()
        .filter(one -> one.field() == field)
        .map(FieldValue::value)
        .findFirst();
  }

  /** The pseudonym, without its mark. */
  public Optional<Pseudonym> pseudonym() {
    return one(Field.PSEUDONYM).map(Pseudonym::new);
  }

  /**
   * How long the certificate is valid.
   *
   * @param longest by its profile
   */
  public Duration validity(Duration longest) {
    return one(Field.VALIDITY)
        .map(days -> Duration.ofDays(Period.parse(days).getDays()))
        .filter(said -> said.compareTo(longest) < 0)
        .orElse(longest);
  }

  /** The same, but of this source these and no others. */
  FieldValues with(FieldSource source, List<FieldValue> said) {
    var others = new ArrayList<>(all);
    others.removeIf(one -> one.by() == source);
    others.addAll(said);
    return new FieldValues(others);
  }
}
