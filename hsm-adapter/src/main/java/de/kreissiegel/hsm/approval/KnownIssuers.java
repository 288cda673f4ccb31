package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.util.List;

/** The vault's own keys that sign certificates, as officers' certificates name them. */
@FunctionalInterface
public interface KnownIssuers {
  /**
   * The keys whose policy lets them sign under that name; more than one while a key is being
   * replaced by a newer one.
   *
   * @param name DER of the issuer's Name
   */
  List<Issuer> named(Bytes name);

  /**
   * A key.
   *
   * @param algorithm by which it signs
   * @param publicKey SubjectPublicKeyInfo, DER
   */
  record Issuer(KeyId key, KeyAlgorithm algorithm, Bytes publicKey) {}
}
