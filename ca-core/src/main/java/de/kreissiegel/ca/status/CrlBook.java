package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.transaction.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where lists are kept, and what they are made of. Octets go through it, none are held. */
public interface CrlBook {
  /** All lines that there are, by authority and partition. */
  List<CrlLine> lines();

  /** Has a line from now on. */
  void open(AuthorityName authority, int partition);

  /**
   * Keeps everybody else from making a list of this line until the transaction ends.
   *
   * @return empty if somebody else is at it, or there is no such line
   */
  Optional<CrlLine> lock(Transaction transaction, AuthorityName authority, int partition);

  /** Octets before and behind others. */
  record Around(byte[] before, byte[] behind) {}

  /** A full list that a delta changes: its number, and the version that it tells at least. */
  record Base(long number, long statusVersion) {}

  /** The oldest full list that still holds: whoever has any that holds can add a delta to it. */
  Optional<Base> base(Transaction transaction, CrlLine line, Instant now);

  /** Takes entries. */
  @FunctionalInterface
  interface Entries {
    void take(ListedEntry entry) throws IOException;
  }

  /** What a full list has: held and revoked, not expired before a time, by serial number. */
  void eachListed(Transaction transaction, CrlLine line, Instant notExpiredBefore, Entries each)
      throws IOException;

  /**
   * What a delta has: all that changed after a version, by serial number; what is good again as
   * {@code removeFromCRL}.
   *
   * @param now what such an entry has for a time
   */
  void eachChanged(
      Transaction transaction, CrlLine line, long afterVersion, Instant now, Entries each)
      throws IOException;

  /** Keeps a list before it is signed, and gives its number away. */
  void reserve(Transaction transaction, CrlDraft draft, InputStream toBeSigned) throws IOException;

  /** The list of a locked line that is written and not yet signed, if it is to be signed. */
  Optional<CrlDraft> reserved(Transaction transaction, CrlLine line);

  /** Copies what is to be signed. */
  void copyReserved(Transaction transaction, CrlDraft draft, OutputStream to) throws IOException;

  /**
   * Publishes it: whoever looks sees the whole list before, or this one.
   *
   * @param around the octets of the CertificateList before and behind what was signed
   * @param journalIndex where the vault's journal has its signature
   */
  CrlHead publish(Transaction transaction, CrlDraft draft, Around around, long journalIndex);

  /** Gives up all that was written and isn't signed; the number is free again. */
  void drop(Transaction transaction, CrlLine line);

  /**
   * A vault's journal has a list of that number. One that this database never had is missing: no
   * list of its line is made before what it told of was taken in.
   */
  void numberSeen(Transaction transaction, AuthorityName authority, int partition, long number);

  /**
   * What a list of that number told of stands here now.
   *
   * @return whether it was missing
   */
  boolean takenIn(Transaction transaction, AuthorityName authority, int partition, long number);

  /**
   * Whether what a foreign authority has revoked is here: before that, a list of ours would make it
   * good again.
   */
  boolean isTakenOver(AuthorityName authority);

  /**
   * Copies a published list's octets.
   *
   * @return false if they aren't kept any more
   */
  boolean copy(CrlHead list, OutputStream to) throws IOException;
}
