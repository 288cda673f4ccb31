package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Has the vault sign the heads of the chains, so that what stands before them can't be rewritten or
 * cut off unseen, not even by who owns the database.
 */
public final class AuditHeads {
  private final AuditBook book;
  private final Signer signer;
  private final KeyId key;
  private final Clock clock;

  /**
   * @param key the vault's key for {@link SignedStructure#AUDIT_HEAD}
   */
  public AuditHeads(AuditBook book, Signer signer, KeyId key, Clock clock) {
    this.book = book;
    this.signer = signer;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Has each head signed that moved since it was signed last, of other nodes' chains, too: a node
   * may have died before it could. To be called every few seconds, and at the stop.
   *
   * @return how many were signed
   */
  public int signMoved() throws SigningUnavailable, SigningRefused {
    int signed = 0;
    for (ChainHead head : book.heads()) {
      long last =
          book.newestCheckpoint(head.chain()).map(point -> point.head().sequence()).orElse(0L);
      if (head.sequence() > last) {
        book.keep(sign(head));
        signed++;
      }
    }
    return signed;
  }

  private Checkpoint sign(ChainHead head) throws SigningUnavailable, SigningRefused {
    var toSign =
        new AuditHead(
            head.chain(),
            head.sequence(),
            head.hash(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Bytes octets = toSign.encoded();
    UUID id = UUID.nameUUIDFromBytes(octets.toArray());
    Signed signed = signer.sign(new SignRequest(id, key, SignedStructure.AUDIT_HEAD, octets));
    return new Checkpoint(toSign, signed.signature(), signed.journalIndex());
  }
}
