package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Set;

/**
 * Who is an officer for a key's certificates. Beyond this, an officer's certificate says it itself:
 * it is of the officers' kind, signed by a key of this vault, and names its tenants.
 *
 * @param kind the policy's kind whose certificates make officers; it needs two officers itself
 * @param firstOfficers SHA-256 of the SubjectPublicKeyInfo of the first officers' keys: theirs are
 *     made without approval, for there is nobody yet
 * @param longestSilence how old the newest list of revoked certificates may be that this vault has
 *     signed for the officers' issuer; with an older one no approval counts
 */
public record OfficerRules(String kind, Set<Bytes> firstOfficers, Duration longestSilence) {
  public OfficerRules {
    firstOfficers = Set.copyOf(firstOfficers);
  }
}
