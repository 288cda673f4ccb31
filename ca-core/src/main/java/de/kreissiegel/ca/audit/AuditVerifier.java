package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Proves the trail: recomputes each hash, and holds the chains against the heads that the vault has
 * signed. What was rewritten after the last signed head with all its hashes can't be told from the
 * truth; all before it can. May run beside a working system.
 */
public final class AuditVerifier {
  private final AuditBook book;
  private final HeadSignature signature;

  /**
   * @param auditKey SubjectPublicKeyInfo of the vault's audit key, DER
   * @throws IllegalArgumentException if it isn't an EC key
   */
  public AuditVerifier(AuditBook book, Bytes auditKey) {
    this.book = book;
    this.signature = new HeadSignature(auditKey);
  }

  /**
   * Verifies all chains.
   *
   * @param journal entries of the vault's journal, itself verified before; those that aren't audit
   *     heads are passed over; may be empty
   */
  public AuditReport verify(List<JournalRecord> journal) {
    Map<String, List<AuditHead>> journalHeads = headsOf(journal);
    var names = new TreeSet<>(journalHeads.keySet());
    names.addAll(book.chains());
    var chains = new ArrayList<AuditReport.ChainReport>();
    var findings = new ArrayList<AuditFinding>();
    for (String chain : names) {
      List<AuditHead> fromJournal = journalHeads.getOrDefault(chain, List.of());
      List<Checkpoint> checkpoints = book.checkpoints(chain);
      var check = new ChainCheck(chain);
      for (Checkpoint checkpoint : checkpoints) {
        if (signature.confirms(checkpoint)) {
          check.expect(checkpoint.head());
        } else {
          findings.add(forged(checkpoint));
        }
      }
      fromJournal.forEach(check::expect);
      book.eachEvent(chain, check::accept);
      findings.addAll(check.finish(book));
      chains.add(check.report(checkpoints.size(), fromJournal.size()));
    }
    return new AuditReport(chains, findings);
  }

  private static Map<String, List<AuditHead>> headsOf(List<JournalRecord> journal) {
    var heads = new LinkedHashMap<String, List<AuditHead>>();
    for (JournalRecord entry : journal) {
      if (entry.structure() == SignedStructure.AUDIT_HEAD) {
        AuditHead head = AuditHead.decode(entry.toBeSigned().orElseThrow());
        heads.computeIfAbsent(head.chain(), _ -> new ArrayList<>()).add(head);
      }
    }
    return heads;
  }

  static AuditFinding forged(Checkpoint checkpoint) {
    return new AuditFinding(
        AuditFinding.Kind.CHECKPOINT_FORGED,
        checkpoint.head().chain(),
        checkpoint.head().sequence(),
        "the signature of the head of event "
            + checkpoint.head().sequence()
            + " is not that of the vault's audit key");
  }
}
