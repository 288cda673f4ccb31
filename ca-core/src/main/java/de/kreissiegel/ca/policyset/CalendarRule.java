package de.kreissiegel.ca.policyset;

import de.kreissiegel.ca.policyset.AlgorithmUse.Purpose;
import de.kreissiegel.ca.policyset.AlgorithmUse.Scheme;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A line of the algorithm calendar: which use of which scheme ends when. Sources: BSI TR-02102-1
 * 2026-01, BSI TR-03116-4 2025. Under {@link PolicySet#RFC5280} none holds.
 */
@SuppressWarnings("ImmutableEnumChecker") // what the fields hold captures nothing
public enum CalendarRule {
  PKCS1(
      "calendar.pkcs1",
      "TR-03116-4 Table 31",
      "RSASSA-PKCS1-v1_5 unterschreibt Zertifikate nur bis Ende 2025",
      "RSASSA-PKCS1-v1_5 signs certificates until the end of 2025 only",
      use -> use.scheme() == Scheme.RSA_PKCS1,
      Term.made("2024-01-01T00:00:00Z", "2025-12-31T23:59:59Z"),
      Exceptions.COMPATIBILITY_ONLY),
  CLASSICAL_ENCRYPTION(
      "calendar.classical-encryption",
      "TR-02102-1 §2.1, Table 2.2",
      "Verschlüsselung allein mit RSA oder ECDH endet mit dem Jahr 2031",
      "Encryption by RSA or ECDH alone ends with the year 2031",
      use -> use.purpose() == Purpose.ENCRYPTION && use.scheme().isClassical(),
      Term.valid("2029-01-01T00:00:00Z", "2031-12-31T23:59:59Z"),
      Exceptions.ALL_SETS),
  CLASSICAL_AUTHORITY(
      "calendar.classical-authority",
      "TR-02102-1 §2.1, §5.3.1",
      "Zertifizierungsstellen allein mit klassischen Signaturen enden mit dem Jahr 2035",
      "Authorities with classical signatures alone end with the year 2035",
      use -> use.purpose() == Purpose.AUTHORITY && use.scheme().isClassical(),
      Term.valid("2030-01-01T00:00:00Z", "2035-12-31T23:59:59Z"),
      Exceptions.ALL_SETS),
  EDWARDS(
      "calendar.edwards",
      "TR-02102-1 §5.3, Table 5.3",
      "EdDSA und X25519 sind nicht empfohlen",
      "EdDSA and X25519 are not recommended",
      use -> use.scheme() == Scheme.EDWARDS,
      Term.never(),
      Exceptions.COMPATIBILITY_ONLY),
  ML_DSA_ALONE(
      "calendar.ml-dsa-alone",
      "TR-02102-1 §5.3.4",
      "ML-DSA unterschreibt nur zusammen mit einem klassischen Verfahren",
      "ML-DSA signs only together with a classical scheme",
      use -> use.scheme() == Scheme.ML_DSA,
      Term.never(),
      Exceptions.ALL_SETS),
  ML_DSA_44(
      "calendar.ml-dsa-44",
      "TR-02102-1 §5.3, Table 5.7",
      "ML-DSA-44 ist zu schwach; empfohlen sind ML-DSA-65 und ML-DSA-87",
      "ML-DSA-44 is too weak; ML-DSA-65 and ML-DSA-87 are recommended",
      use -> use.scheme() == Scheme.ML_DSA_44,
      Term.never(),
      Exceptions.NONE),
  COMPONENT_ALONE(
      "calendar.component-alone",
      "TR-02102-1 §5.3.4",
      "Der Schlüssel ist Teil eines zusammengesetzten Schlüssels und dient nicht allein",
      "The key is part of a composite key and never serves alone",
      _ -> false, // CompositeKeys finds it: a scheme alone doesn't tell.
      Term.never(),
      Exceptions.NONE),
  UNKNOWN(
      "calendar.unknown",
      "TR-02102-1 §2.3, §5.3",
      "Das Verfahren steht nicht im Kalender",
      "The calendar doesn't know the algorithm",
      use -> use.scheme() == Scheme.OTHER,
      Term.never(),
      Exceptions.NONE);

  private final String id;
  private final String source;
  private final String german;
  private final String english;
  private final Predicate<AlgorithmUse> about;
  private final Term term;
  private final Exceptions exceptions;

  CalendarRule(
      String id,
      String source,
      String german,
      String english,
      Predicate<AlgorithmUse> about,
      Term term,
      Exceptions exceptions) {
    this.id = id;
    this.source = source;
    this.german = german;
    this.english = english;
    this.about = about;
    this.term = term;
    this.exceptions = exceptions;
  }

  /** Under which sets exceptions are heard. */
  private enum Exceptions {
    NONE,
    COMPATIBILITY_ONLY,
    ALL_SETS
  }

  /**
   * When a use ends.
   *
   * @param warnFrom from when on people are told
   * @param end the last moment; none: it was never allowed
   * @param ofValidity whether no certificate may be valid after the end; else none is made after it
   */
  private record Term(Optional<Instant> warnFrom, Optional<Instant> end, boolean ofValidity) {
    static Term made(String warnFrom, String end) {
      return new Term(Optional.of(Instant.parse(warnFrom)), Optional.of(Instant.parse(end)), false);
    }

    static Term valid(String warnFrom, String end) {
      return new Term(Optional.of(Instant.parse(warnFrom)), Optional.of(Instant.parse(end)), true);
    }

    static Term never() {
      return new Term(Optional.empty(), Optional.empty(), false);
    }
  }

  /** Its name in exceptions and findings, as {@code calendar.classical-encryption}. */
  public String id() {
    return id;
  }

  /** Guideline and clause. */
  public String source() {
    return source;
  }

  /** What it says, in this language, else in English; without a full stop. */
  public String sentence(Locale language) {
    return language.getLanguage().equals("de") ? german : english;
  }

  /** From when on people are told that the end is near; empty if there is nothing to wait for. */
  public Optional<Instant> warnFrom() {
    return term.warnFrom();
  }

  /** The last moment of the use; empty if it was never allowed. */
  public Optional<Instant> end() {
    return term.end();
  }

  /** Whether certificates may not be valid after the end; else none may be made after it. */
  public boolean limitsValidity() {
    return term.ofValidity();
  }

  /** Whether it is about this use. */
  public boolean isAbout(AlgorithmUse use) {
    return about.test(use);
  }

  /** Whether a recorded exception from it is heard under this set. */
  public boolean allowsExceptions(PolicySet set) {
    return switch (exceptions) {
      case NONE -> false;
      case COMPATIBILITY_ONLY -> set == PolicySet.COMPATIBILITY;
      case ALL_SETS -> true;
    };
  }

  /** Whether there can be an exception from it at all. */
  public boolean allowsExceptions() {
    return exceptions != Exceptions.NONE;
  }

  /** Whether a certificate made then and valid until then goes beyond the end. */
  boolean brokenBy(Instant made, Instant validUntil) {
    return term.end().isEmpty()
        || (term.ofValidity() ? validUntil : made).isAfter(term.end().get());
  }

  /** The rule of that id. */
  public static Optional<CalendarRule> ofId(String id) {
    return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
  }
}
