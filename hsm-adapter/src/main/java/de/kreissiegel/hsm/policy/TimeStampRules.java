package de.kreissiegel.hsm.policy;

import java.time.Duration;
import java.util.Set;

/**
 * Which time-stamps a key may sign (RFC 3161 §2.4.2).
 *
 * @param policies object identifiers, in dotted form, of the policies a time-stamp may be under
 * @param clockTolerance how far genTime may be from the vault's clock, either way
 * @param rate how many
 */
public record TimeStampRules(Set<String> policies, Duration clockTolerance, SignatureRate rate) {
  public TimeStampRules {
    policies = Set.copyOf(policies);
  }
}
