package de.kreissiegel.hsm.signing;

import java.util.List;
import java.util.UUID;

/**
 * Sign this structure with that key.
 *
 * <p>The id makes it idempotent: the same id with the same octets gets the signature that the
 * journal holds; with other octets it is refused. For a certificate it is the application's id, so
 * that whoever reads the journal finds whose certificate it is.
 *
 * @param id chosen by who asks
 * @param key the key to sign with
 * @param structure what the octets are
 * @param toBeSigned the DER of the structure
 * @param evidence why it may be signed, as the key's policy asks for it
 */
public record SignRequest(
    UUID id, KeyId key, SignedStructure structure, Bytes toBeSigned, List<Evidence> evidence) {
  public SignRequest {
    evidence = List.copyOf(evidence);
  }

  /** Without evidence. */
  public SignRequest(UUID id, KeyId key, SignedStructure structure, Bytes toBeSigned) {
    this(id, key, structure, toBeSigned, List.of());
  }
}
