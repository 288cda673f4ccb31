package de.kreissiegel.hsm.policy;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A kind of certificate that a key may sign; mostly one for each profile.
 *
 * @param name the profile's name; lower-case letters, digits, hyphens
 * @param marks by what it is told
 * @param pathLength of an authority's, the longest: its own self-issued certificate may have it, a
 *     subordinate's must be shorter; of an end entity's none
 * @param validity when it is valid
 * @param content what it holds; none means anything that no general rule forbids
 * @param ownKeysOnly whether only keys of this vault are certified
 * @param rate how often
 * @param approval what evidence has to come along
 * @param links whether another key of this vault may be certified under the issuer's own name: a
 *     link certificate, when a root's keys follow each other (RFC 9810 §4.4)
 * @throws IllegalArgumentException if path length and marks contradict each other
 */
public record CertificateKind(
    String name,
    Marks marks,
    OptionalInt pathLength,
    ValidityRules validity,
    Optional<ContentRules> content,
    boolean ownKeysOnly,
    SignatureRate rate,
    ApprovalRule approval,
    boolean links) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public CertificateKind {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"%s\" can't be a kind's name".formatted(name));
    }
    if (marks.authority() != pathLength.isPresent()) {
      throw new IllegalArgumentException("authorities have a path length, and nobody else");
    }
    if (links && !(marks.authority() && ownKeysOnly)) {
      throw new IllegalArgumentException("only an authority's own keys are linked");
    }
  }

  /** One that makes no link certificates. */
  public CertificateKind(
      String name,
      Marks marks,
      OptionalInt pathLength,
      ValidityRules validity,
      Optional<ContentRules> content,
      boolean ownKeysOnly,
      SignatureRate rate,
      ApprovalRule approval) {
    this(name, marks, pathLength, validity, content, ownKeysOnly, rate, approval, false);
  }

  /** An end entity's, without content rules, rate or approval. */
  public static CertificateKind endEntity(String name, Marks marks, ValidityRules validity) {
    return new CertificateKind(
        name,
        marks,
        OptionalInt.empty(),
        validity,
        Optional.empty(),
        false,
        SignatureRate.ANY,
        ApprovalRule.NONE);
  }

  /** An authority's, without content rules, rate or approval. */
  public static CertificateKind authority(
      String name, Marks marks, int pathLength, ValidityRules validity) {
    return new CertificateKind(
        name,
        marks,
        OptionalInt.of(pathLength),
        validity,
        Optional.empty(),
        false,
        SignatureRate.ANY,
        ApprovalRule.NONE);
  }

  /** This, holding only what these rules allow. */
  public CertificateKind with(ContentRules rules) {
    return new CertificateKind(
        name, marks, pathLength, validity, Optional.of(rules), ownKeysOnly, rate, approval, links);
  }

  /** This, for keys of this vault only. */
  public CertificateKind forOwnKeys() {
    return new CertificateKind(
        name, marks, pathLength, validity, content, true, rate, approval, links);
  }

  /** This, not more often. */
  public CertificateKind with(SignatureRate limit) {
    return new CertificateKind(
        name, marks, pathLength, validity, content, ownKeysOnly, limit, approval, links);
  }

  /** This, with that evidence. */
  public CertificateKind with(ApprovalRule rule) {
    return new CertificateKind(
        name, marks, pathLength, validity, content, ownKeysOnly, rate, rule, links);
  }

  /** This, which also certifies another key of this vault under the issuer's own name. */
  public CertificateKind linking() {
    return new CertificateKind(
        name, marks, pathLength, validity, content, ownKeysOnly, rate, approval, true);
  }
}
