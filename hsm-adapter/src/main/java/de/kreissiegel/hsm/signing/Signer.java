package de.kreissiegel.hsm.signing;

import java.io.IOException;
import java.io.InputStream;
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
   * Has a revocation list signed that may be too long to be held. When this returns, the signature
   * stands in the journal on disk.
   *
   * @throws SigningUnavailable as {@link #sign}, and if the content can't be read
   * @throws SigningRefused if the vault said no
   */
  default Signed signList(ListRequest request) throws SigningUnavailable, SigningRefused {
    byte[] octets;
    try (InputStream content = request.toBeSigned().open()) {
      octets = content.readAllBytes();
    } catch (IOException unreadable) {
      throw new SigningUnavailable("the list can't be read", unreadable);
    }
    return sign(
        new SignRequest(
            request.id(), request.key(), SignedStructure.CERTIFICATE_LIST, Bytes.of(octets)));
  }

  /**
   * The vaults behind it, each with a journal of its own. Whoever reads journals reads all of them.
   */
  default List<NamedSigner> members() {
    return List.of(new NamedSigner(NamedSigner.USUAL, this));
  }

  /**
   * Tells the vault how far its journal was read and stored; what wasn't is never erased there.
   *
   * @param nextIndex the first entry that was not yet taken in, at least 1
   * @param lastHash the hash of the one before
   * @throws SigningUnavailable if the vault didn't note it, as when that entry is another one
   */
  default void takenIn(long nextIndex, Bytes lastHash) throws SigningUnavailable {
    // Who keeps no journal erases none.
  }

  /**
   * Reads the journal.
   *
   * @param fromIndex the first entry wanted
   * @param atMost how many at most, 1 to 1000; fewer may come
   * @return entries in order; none when {@code fromIndex} is past the end
   */
  List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable;
}
