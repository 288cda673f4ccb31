package de.kreissiegel.hsm.signing;

import java.util.List;

/** The vault, seen from outside. Safe for use by many threads. */
public interface Signer {
  /** All keys, in no order. */
  List<VaultKey> keys() throws SigningUnavailable;

  /**
   * Has something signed. When this returns, the signature stands in the journal on disk.
   *
   * @throws SigningUnavailable if no answer came. The signature may exist all the same: read the
   *     journal before anything else is issued.
   * @throws SigningRefused if the vault said no
   */
  Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused;

  /**
   * Reads the journal.
   *
   * @param fromIndex the first entry wanted
   * @param atMost how many at most, 1 to 1000; fewer may come
   * @return entries in order; none when {@code fromIndex} is past the end
   */
  List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable;
}
