package de.kreissiegel.ca.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the verifier saw.
 *
 * @param chains each chain
 * @param findings what is wrong; empty if nothing is
 */
public record AuditReport(List<ChainReport> chains, List<AuditFinding> findings) {
  public AuditReport {
    chains = List.copyOf(chains);
    findings = List.copyOf(findings);
  }

  public boolean isSound() {
    return findings.isEmpty();
  }

  /**
   * One chain.
   *
   * @param chain its name
   * @param events how many events were read
   * @param erased how many of them have lost their words, as retention provides
   * @param erasedUntil when the youngest of those was written
   * @param checkpoints how many signed heads in the database were held against it
   * @param journalHeads how many heads from the vault's journal were held against it
   */
  public record ChainReport(
      String chain,
      long events,
      long erased,
      Optional<Instant> erasedUntil,
      int checkpoints,
      int journalHeads) {}
}
