package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;

/** A signature in the making. Used by one thread; each must be ended. */
public interface TokenSignature {
  void update(byte[] octets, int from, int length) throws TokenUnavailable;

  /** The signature, as it goes into the BIT STRING. It ends this. */
  Bytes sign() throws TokenUnavailable;

  /** Ends this without a signature; nothing happens if it has ended. */
  void abandon();
}
