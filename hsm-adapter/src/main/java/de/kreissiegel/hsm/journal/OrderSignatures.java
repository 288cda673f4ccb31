package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.token.PublicKeys;

/** Says whether the ceremony's key signed an order. */
@FunctionalInterface
public interface OrderSignatures {
  /** Nobody's. */
  OrderSignatures NONE = (_, _) -> false;

  /**
   * Whether the signature holds.
   *
   * @param order the DER of an {@link ErasureOrder}
   */
  boolean hold(Bytes order, Bytes signature);

  /** Those of that key, a SubjectPublicKeyInfo, DER. */
  static OrderSignatures by(Bytes ceremonyPublicKey) {
    return (order, signature) -> {
      try {
        return PublicKeys.verifies(ceremonyPublicKey, order.toArray(), signature.toArray());
      } catch (IllegalArgumentException notAKey) {
        return false;
      }
    };
  }
}
