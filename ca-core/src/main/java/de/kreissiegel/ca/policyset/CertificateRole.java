package de.kreissiegel.ca.policyset;

import java.time.Period;

/** A certificate's place in a hierarchy. */
public enum CertificateRole {
  /** A trust anchor: a self-signed certificate that one decided to believe. */
  ROOT(Period.ofYears(6)),
  /** An authority below it. */
  ISSUING(Period.ofYears(5)),
  /** Who is certified in the end. */
  END_ENTITY(Period.ofYears(3));

  private final Period longest;

  CertificateRole(Period longest) {
    this.longest = longest;
  }

  /** How long such a certificate may be valid at most (TR-03116-4 §6.1.2). */
  public Period longest() {
    return longest;
  }

  /**
   * The same under a policy set: devices that need {@link PolicySet#COMPATIBILITY} refuse end
   * entities of more than 825 days, so that set says two years.
   */
  public Period longest(PolicySet set) {
    return this == END_ENTITY && set == PolicySet.COMPATIBILITY ? Period.ofYears(2) : longest;
  }

  /** Whether it issues certificates. */
  public boolean isAuthority() {
    return this != END_ENTITY;
  }
}
