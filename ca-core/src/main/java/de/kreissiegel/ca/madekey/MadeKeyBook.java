package de.kreissiegel.ca.madekey;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where keys that were made here wait, each encrypted under a password that only its holder has.
 */
public interface MadeKeyBook {
  /**
   * A key that waits.
   *
   * @param keyHash SHA-256 of its SubjectPublicKeyInfo
   * @param holder who applied with it
   * @param sealed EncryptedPrivateKeyInfo (RFC 5958 §3), DER
   * @param madeAt since when
   * @param failures how many wrong passwords were tried
   */
  record MadeKey(Bytes keyHash, SubjectId holder, Bytes sealed, Instant madeAt, int failures) {
    /** So many wrong passwords destroy it; the copy in escrow is left. */
    public static final int MOST_FAILURES = 5;
  }

  void put(Transaction transaction, MadeKey key);

  /** Those of this person whose certificates are there, newest first. */
  List<Waiting> waiting(SubjectId holder);

  /** The certificate of a key that waits. */
  record Waiting(AuthorityName authority, SerialNumber serial, ProfileName profile) {}

  /** It, its row locked until the transaction's end. */
  Optional<MadeKey> lock(Transaction transaction, Bytes keyHash);

  /** Counts a wrong password for one that is locked. */
  void countFailure(Transaction transaction, Bytes keyHash);

  void destroy(Transaction transaction, Bytes keyHash);

  /** Destroys those that were made before then, and those whose copy was erased; how many. */
  int destroyOld(Transaction transaction, Instant before);
}
