package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.tree.HashTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Verifies a journal with nothing but its directory and its public key. It changes nothing and
 * needs no lock; a journal that is being written may be verified, too.
 */
public final class JournalVerifier implements JournalScan.Visitor {
  private static final int MOST_FINDINGS = 20;

  private final Map<Long, Bytes> witnessed = new TreeMap<>();
  private final CheckpointClaims claims;
  private final SortedMap<Tally, Long> counts = new TreeMap<>(Tally.ORDER);
  private final List<Finding> findings = new ArrayList<>();
  private final ErasureLedger ledger;
  private final HashTree tree = new HashTree();
  private final long covered;
  private Bytes head;
  private long entries;
  private boolean torn;

  private JournalVerifier(
      CheckpointClaims claims,
      Bytes beforeFirst,
      List<Witness> witnesses,
      Optional<OrderSignatures> orders) {
    this.ledger = new ErasureLedger(orders);
    this.claims = claims;
    this.covered = claims.covered();
    this.head = beforeFirst;
    witnesses.forEach(witness -> witnessed.put(witness.index(), witness.entryHash()));
    findings.addAll(claims.findings());
  }

  /** Verifies, without checkpoints from outside. */
  public static VerificationReport verify(Path directory, Bytes publicKey, List<Witness> witnesses)
      throws IOException {
    return verify(directory, publicKey, witnesses, List.of(), Optional.empty());
  }

  /**
   * Verifies: each entry, the chain, the trees, all checkpoints, what was erased.
   *
   * @param directory the journal's
   * @param publicKey the journal's, as SubjectPublicKeyInfo, DER
   * @param witnesses what others kept of it; may be empty
   * @param kept signed notes that others kept of it; may be empty
   * @param orders verify who ordered erasures; without them that isn't verified
   * @throws IOException if a file can't be read
   */
  public static VerificationReport verify(
      Path directory,
      Bytes publicKey,
      List<Witness> witnesses,
      List<String> kept,
      Optional<OrderSignatures> orders)
      throws IOException {
    Bytes beforeFirst = Journal.beforeFirst(publicKey);
    if (Segments.ofVersion1(directory)) {
      Finding old = new Finding(Finding.Kind.VERSION, 0, JournalDamaged.VERSION_1);
      return new VerificationReport(
          0, 0, false, 0, Collections.emptySortedMap(), 0, List.of(), beforeFirst, List.of(old));
    }
    JournalVerifier verifier =
        new JournalVerifier(
            CheckpointClaims.read(directory, publicKey, kept), beforeFirst, witnesses, orders);
    verifier.holdCheckpoints(0);
    JournalScan.walk(directory, beforeFirst, verifier);
    return verifier.report();
  }

  /** The same, where nobody verifies who ordered erasures. */
  public static VerificationReport verify(
      Path directory, Bytes publicKey, List<Witness> witnesses, List<String> kept)
      throws IOException {
    return verify(directory, publicKey, witnesses, kept, Optional.empty());
  }

  @Override
  public void entry(JournalEntry entry, JournalScan.Place place) {
    entries++;
    head = entry.hash();
    tree.add(head.toArray());
    try {
      holdBody(entry);
      ledger.note(entry, place.segment());
    } catch (BrokenFrame broken) {
      found(
          Finding.Kind.CHANGED,
          entry.index(),
          "entry " + entry.index() + " is damaged: " + broken.getMessage());
    }
    counts.merge(
        new Tally(entry.key(), entry.happening(), entry.structure(), entry.rule()),
        (long) entry.count(),
        Long::sum);
    Bytes seen = witnessed.remove(entry.index());
    if (seen != null && !seen.equals(head)) {
      found(
          Finding.Kind.WITNESS,
          entry.index(),
          "entry " + entry.index() + " is not the one that the witness saw");
    }
    holdCheckpoints(entry.index() + 1);
  }

  private static void holdBody(JournalEntry entry) throws BrokenFrame {
    if (entry.body().isEmpty()) {
      return;
    }
    byte[] octets = entry.body().get().toArray();
    if (entry.listsAnswers()) {
      AnswerList list = AnswerList.decode(octets);
      if (list.answers().size() != entry.count() || !list.root().equals(entry.digest())) {
        throw new BrokenFrame("its answers are not those of its tree");
      }
      return;
    }
    Optional<Bytes> kept = EntryBody.decode(octets).kept();
    boolean mustKeep = entry.happening() == Happening.SIGNED && entry.structure().keptWhole();
    if (kept.isEmpty() && mustKeep) {
      throw new BrokenFrame("the octets that were signed are not kept as they should be");
    }
    boolean whole = entry.happening() != Happening.ERASED && entry.structure().keptWhole();
    if (whole && kept.isPresent() && !Digests.sha256(kept.get().toArray()).equals(entry.digest())) {
      throw new BrokenFrame("the octets that it keeps don't match their digest");
    }
  }

  private void holdCheckpoints(long size) {
    for (CheckpointClaims.Claim claim : claims.at(size)) {
      CheckpointNote note = claim.note();
      if (!note.head().equals(head) || !note.root().equals(tree.root())) {
        found(
            claim.kept() ? Finding.Kind.WITNESS : Finding.Kind.CHANGED,
            Math.max(0, size - 1),
            "entry %d is not the one that %s names".formatted(size - 1, claim.name()));
      }
    }
  }

  @Override
  public boolean fault(Finding.Kind kind, long entry, String sentence, JournalScan.Place place) {
    boolean halfWritten = kind == Finding.Kind.CHANGED || kind == Finding.Kind.CUT;
    if (halfWritten && entry >= covered) {
      torn = true;
    } else {
      found(kind, entry, sentence);
    }
    return findings.size() < MOST_FINDINGS;
  }

  private void found(Finding.Kind kind, long entry, String sentence) {
    findings.add(new Finding(kind, entry, sentence));
  }

  private VerificationReport report() {
    if (entries < covered && findings.isEmpty()) {
      found(
          Finding.Kind.CUT,
          entries,
          "the journal ends before entry %d, its checkpoint covers %d entries"
              .formatted(entries, covered));
    }
    claims
        .keptBehind(Math.max(entries, covered))
        .forEach(
            claim ->
                found(
                    Finding.Kind.CUT,
                    entries,
                    "%s covers %d entries, the journal has %d"
                        .formatted(claim.name(), claim.note().size(), entries)));
    witnessed.forEach(
        (index, _) -> {
          if (index >= Math.max(entries, covered)) {
            found(
                Finding.Kind.CUT,
                index,
                "a witness saw entry %d, the journal has %d entries".formatted(index, entries));
          }
        });
    ledger
        .unordered()
        .ifPresent(
            entry ->
                found(
                    Finding.Kind.ERASED,
                    entry,
                    "the body of entry %d is gone, and nobody ordered it".formatted(entry)));
    return new VerificationReport(
        entries,
        Math.max(0, entries - covered),
        torn,
        claims.own(),
        Collections.unmodifiableSortedMap(counts),
        ledger.bodiesGone(),
        ledger.told(),
        head,
        List.copyOf(findings));
  }
}
