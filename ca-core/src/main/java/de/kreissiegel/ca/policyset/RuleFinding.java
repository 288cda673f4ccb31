package de.kreissiegel.ca.policyset;

/**
 * A rule that a certificate breaks.
 *
 * @param strictness what the policy set makes of it; never {@link Strictness#OFF}
 * @param detail what was found instead, in no language: a name, a number, an object identifier
 */
public record RuleFinding(CertificateRule rule, Strictness strictness, String detail) {
  public RuleFinding {
    if (strictness == Strictness.OFF) {
      throw new IllegalArgumentException("a rule that is off finds nothing");
    }
  }

  /** What is wrong, in German. */
  public String german() {
    return sentence(rule.german());
  }

  /** What is wrong, in English. */
  public String english() {
    return sentence(rule.english());
  }

  private String sentence(String words) {
    return detail.isEmpty() ? words + "." : words + " (" + detail + ").";
  }
}
