package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;

/**
 * A copy of a key as it comes; nothing of it was checked, and nothing in it can be read here.
 *
 * @param certificationRequest the PKCS#10 request by which the key's holder proves that they have
 *     it, DER
 * @param wrapped the key (PKCS#8, DER) under AES-256-GCM: nonce of 12 octets, ciphertext, tag of
 *     16; associated is SHA-256 of the SubjectPublicKeyInfo in lower-case hexadecimal, ASCII
 * @param wrappingKey the 32 octets that unwrap it, encrypted to the vault by RSAES-OAEP with
 *     SHA-256
 */
public record Deposit(
    TenantId tenant,
    ProfileName profile,
    Bytes certificationRequest,
    Bytes wrapped,
    Bytes wrappingKey) {
  /** Never the octets. */
  @Override
  public String toString() {
    return "Deposit[tenant=" + tenant + ", profile=" + profile + "]";
  }
}
