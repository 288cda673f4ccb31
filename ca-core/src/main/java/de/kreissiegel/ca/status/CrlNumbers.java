package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

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
      if (authority.key().equals(entry.key()) && !authority.isOffline()) {
        take(transaction, authority, entry);
      }
    }
  }

  private void take(Transaction transaction, Authority authority, JournalRecord entry) {
    try {
      Extensions extensions = extensions(entry.toBeSigned().orElseThrow());
      Optional<Bytes> point =
          Optional.ofNullable(extensions.getExtension(Extension.issuingDistributionPoint))
              .map(one -> Bytes.of(one.getExtnValue().getOctets()));
      Optional<Integer> partition =
          point.isEmpty() ? Optional.of(0) : CrlName.partitionIn(authority.name(), point.get());
      if (partition.isPresent()) {
        book.numberSeen(transaction, authority.name(), partition.get(), number(extensions));
      }
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      LOG.log(
          Level.WARNING,
          "entry {0} of a journal tells of a list that is none of ours: {1}",
          entry.index(),
          unreadable.getMessage());
    }
  }

  private static long number(Extensions extensions) {
    var number =
        CRLNumber.getInstance(Extensions.getExtensionParsedValue(extensions, Extension.cRLNumber));
    if (number == null) {
      throw new IllegalArgumentException("it has no number");
    }
    return number.getCRLNumber().longValueExact();
  }

  /**
   * The list's extensions. The first part of what the journal keeps is the list's header: its
   * fields without the entries, the extensions under the tag 0.
   */
  private static Extensions extensions(Bytes note) {
    var header = ASN1Sequence.getInstance(ASN1Sequence.getInstance(note.toArray()).getObjectAt(0));
    for (ASN1Encodable field : header) {
      if (field instanceof ASN1TaggedObject tagged && tagged.hasContextTag(0)) {
        return Extensions.getInstance(tagged, true);
      }
    }
    throw new IllegalArgumentException("it has no extensions");
  }
}
