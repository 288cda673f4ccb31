package de.kreissiegel.ca.audit;

import java.util.List;

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
   * @param checkpoints how many signed heads in the database were held against it
   * @param journalHeads how many heads from the vault's journal were held against it
   */
  public record ChainReport(String chain, long events, int checkpoints, int journalHeads) {}
}
