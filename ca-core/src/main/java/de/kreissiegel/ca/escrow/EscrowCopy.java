package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Instant;

/**
 * A copy that is kept.
 *
 * @param keyHash SHA-256 of the SubjectPublicKeyInfo: names it
 * @param tenant whose
 * @param profile for certificates of this kind only
 * @param depositor who applied with the key
 * @param maker where the key was made
 * @param decision by which decision of the tenant it is kept
 * @param vaultKey opens its wrapping key
 * @param wrappingHash SHA-256 of the encrypted wrapping key: what officers sign for
 * @param depositedAt since when
 * @param keepYears for how long after the certificate's end
 */
public record EscrowCopy(
    Bytes keyHash,
    TenantId tenant,
    ProfileName profile,
    SubjectId depositor,
    Maker maker,
    DecisionId decision,
    KeyId vaultKey,
    Bytes wrappingHash,
    Instant depositedAt,
    int keepYears) {
  /** Where a key was made. */
  public enum Maker {
    /** In its holder's browser, which never gave it out in clear. */
    BROWSER,
    /** In the authority's process. */
    SERVER
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "key:" + keyHash.toHex();
  }
}
