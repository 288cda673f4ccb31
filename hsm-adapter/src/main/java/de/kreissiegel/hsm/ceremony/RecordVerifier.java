package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.token.PublicKeys;
import java.util.Map;

/** Verifies what ceremonies signed, with the ceremony's public key alone. */
public final class RecordVerifier {
  private final Bytes ceremonyPublicKey;

  /**
   * For one vault's records.
   *
   * @param ceremonyPublicKey SubjectPublicKeyInfo, DER; kept apart from the records
   */
  public RecordVerifier(Bytes ceremonyPublicKey) {
    this.ceremonyPublicKey = ceremonyPublicKey;
  }

  /** Whether the ceremony's key sealed a folder whose {@code SHA256SUMS} is this. */
  public boolean sealed(Bytes sums, Bytes signature) {
    return signed(Seal.over(sums), signature);
  }

  private boolean signed(Bytes octets, Bytes signature) {
    try {
      return PublicKeys.verifies(ceremonyPublicKey, octets.toArray(), signature.toArray());
    } catch (IllegalArgumentException notAKey) {
      return false;
    }
  }

  /**
   * A record's members, if it is one and signed.
   *
   * @param octets the file as it is
   * @throws IllegalArgumentException with a sentence, if it isn't
   */
  public Map<String, Object> verify(Bytes octets, Bytes signature) {
    if (!signed(octets, signature)) {
      throw new IllegalArgumentException(
          "record-signature: the ceremony's key did not sign this record as it lies here");
    }
    Map<String, Object> members = CanonicalJson.read(octets.toArray());
    if (Seal.is(members)
        || !Integer.valueOf(CeremonyRecord.VERSION).equals(members.get(CeremonyRecord.MARK))) {
      throw new IllegalArgumentException("record-kind: this is signed, but no ceremony's record");
    }
    return members;
  }
}
