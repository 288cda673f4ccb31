package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.policy.ListHeader;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * Learns from the vaults' journals which numbers their lists have. So numbers go on from there
 * where the database came back from an old backup, and what was signed before doesn't come again.
 */
public final class CrlNumbers {
  private static final System.Logger LOG = System.getLogger(CrlNumbers.class.getName());

  private final AuthorityCatalog catalog;
  private final CrlBook book;

  public CrlNumbers(AuthorityCatalog catalog, CrlBook book) {
    this.catalog = catalog;
    this.book = book;
  }

  /** Takes in an entry; nothing happens unless it tells of a list of ours. */
  public void seen(Transaction transaction, JournalRecord entry) {
    if (entry.structure() != SignedStructure.CERTIFICATE_LIST
        || entry.happening() != Happening.SIGNED
        || entry.toBeSigned().isEmpty()) {
      return;
    }
    for (Authority authority : catalog.all()) {
      if (authority.key().equals(entry.key()) && !authority.isRoot()) {
        take(transaction, authority, entry);
      }
    }
  }

  private void take(Transaction transaction, Authority authority, JournalRecord entry) {
    try {
      ListHeader header = header(entry.toBeSigned().orElseThrow());
      Optional<Integer> partition =
          header.scope().distributionPoint().isEmpty()
              ? Optional.of(0)
              : CrlName.partitionIn(authority.name(), header.scope().distributionPoint().get());
      if (partition.isPresent()) {
        book.numberSeen(
            transaction, authority.name(), partition.get(), header.number().longValueExact());
      }
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      LOG.log(
          Level.WARNING,
          "entry {0} of a journal tells of a list that is none of ours: {1}",
          entry.index(),
          unreadable.getMessage());
    }
  }

  /** The header is the first part of what the journal keeps. */
  private static ListHeader header(Bytes note) {
    try {
      return ListHeader.read(
          Bytes.of(
              ASN1Sequence.getInstance(note.toArray())
                  .getObjectAt(0)
                  .toASN1Primitive()
                  .getEncoded("DER")));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
