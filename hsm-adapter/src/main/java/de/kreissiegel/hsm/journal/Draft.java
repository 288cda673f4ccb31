package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to become an entry.
 *
 * @param happening {@link Happening#SIGNED} or {@link Happening#REFUSED}
 * @param request the request's id
 * @param key the key that signed or was asked for
 * @param structure what was signed or asked for
 * @param digest SHA-256 of the octets
 * @param kept what is kept of them: all, of a revocation list its header, or nothing; droppable
 * @param evidence what came along; droppable
 * @param policy SHA-256 of the key's policy file
 * @param claim what may never be claimed again
 * @param signature the signature; empty where nothing was signed
 * @param rule of a signature the policy's kind that allowed it, of a refusal the broken rule
 */
public record Draft(
    Happening happening,
    UUID request,
    KeyId key,
    SignedStructure structure,
    Bytes digest,
    Optional<Bytes> kept,
    List<Evidence> evidence,
    Bytes policy,
    Optional<Bytes> claim,
    Bytes signature,
    String rule) {
  public Draft {
    evidence = List.copyOf(evidence);
  }
}
