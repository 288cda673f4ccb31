package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.SortedMap;

/**
 * What a verification found.
 *
 * @param entries how many entries are whole and in place
 * @param uncovered how many of them stand behind the last checkpoint: the newest ones, or those
 *     before a crash
 * @param torn whether something half-written stands behind them: being written, or left by a crash
 *     and never released
 * @param checkpoints how many checkpoints with a valid signature there are
 * @param counts how often what happened: signatures, refusals, erasures; an answer in a list counts
 *     by itself
 * @param erasedBodies how many entries' bodies were dropped
 * @param erasures who ordered what to be dropped, the first first
 * @param head the last entry's hash; of an empty journal, SHA-256 of its public key
 * @param findings what is wrong, the first first; none if the journal is whole
 */
public record VerificationReport(
    long entries,
    long uncovered,
    boolean torn,
    long checkpoints,
    SortedMap<Tally, Long> counts,
    long erasedBodies,
    List<ErasureTold> erasures,
    Bytes head,
    List<Finding> findings) {
  /** Whether nothing is wrong. */
  public boolean intact() {
    return findings.isEmpty();
  }
}
