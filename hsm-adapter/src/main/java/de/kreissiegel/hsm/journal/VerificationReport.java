package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.util.List;
import java.util.Map;

/**
 * What a verification found.
 *
 * @param entries how many entries are whole, in place and covered by a signed checkpoint
 * @param uncovered how many stand behind the last checkpoint: being written, or left by a crash;
 *     never released
 * @param counts entries by key and kind
 * @param head the last covered entry's hash; of an empty journal, SHA-256 of its public key
 * @param findings what is wrong, the first first; none if the journal is whole
 */
public record VerificationReport(
    long entries,
    long uncovered,
    Map<KeyId, Map<SignedStructure, Long>> counts,
    Bytes head,
    List<Finding> findings) {
  /** Whether nothing is wrong. */
  public boolean intact() {
    return findings.isEmpty();
  }
}
