package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.Journal;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** A request whose id stands in the journal: the same again, or another under its id. */
final class Repetition {
  private static final int PIECE = 64 << 10;

  private Repetition() {}

  /**
   * The signature that stands there.
   *
   * @throws SigningRefused {@code ID_REUSED} if it was for something else
   */
  static Signed of(
      UUID request, KeyId key, SignedStructure structure, Bytes digest, Journal.Found before)
      throws SigningRefused {
    if (before.digest().equals(digest)
        && before.key().equals(key)
        && before.structure() == structure) {
      return before.signed();
    }
    throw new SigningRefused(
        SigningRefused.Reason.ID_REUSED,
        "the request " + request + " was made before for something else");
  }

  /** SHA-256 of all that comes. */
  static Bytes sha256(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
