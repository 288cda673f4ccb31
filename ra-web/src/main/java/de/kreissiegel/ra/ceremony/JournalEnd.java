package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.util.ArrayList;
import java.util.List;

/** How long a vault's journal is: found by halving, for it may have millions of entries. */
final class JournalEnd {
  private JournalEnd() {}

  /** The end now; of an empty journal, SHA-256 of its public key. */
  static CeremonyRecord.JournalHead of(Signer vault, Bytes journalPublicKey)
      throws SigningUnavailable {
    long known = 0;
    long beyond = 1;
    while (!vault.journal(beyond - 1, 1).isEmpty()) {
      known = beyond;
      beyond *= 2;
    }
    while (beyond - known > 1) {
      long middle = (known + beyond) / 2;
      if (vault.journal(middle - 1, 1).isEmpty()) {
        beyond = middle;
      } else {
        known = middle;
      }
    }
    Bytes head =
        known == 0
            ? Digest.sha256(journalPublicKey.toArray())
            : vault.journal(known - 1, 1).getFirst().entryHash();
    return new CeremonyRecord.JournalHead(known, head);
  }

  /** What was written since then. */
  static List<JournalRecord> since(Signer vault, long from) throws SigningUnavailable {
    var entries = new ArrayList<JournalRecord>();
    List<JournalRecord> some = vault.journal(from, 1000);
    while (!some.isEmpty()) {
      entries.addAll(some);
      some = vault.journal(entries.getLast().index() + 1, 1000);
    }
    return entries;
  }
}
