package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.VaultHealth;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where private keys live and compute. Safe for use by many threads. */
public interface Token extends AutoCloseable {
  /** As configured; {@code software} for the software token. */
  String name();

  /** Which keys it can make. */
  Set<KeyAlgorithm> algorithms();

  /** All keys, in no order. */
  List<TokenKey> keys();

  /** A key by its name. */
  default Optional<TokenKey> key(KeyId id) {
    return keys().stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /**
   * Makes a key; it is active afterwards.
   *
   * @param secret a passphrase or a PIN
   * @param own whether the secret is the key's own, not the operational one
   * @throws IllegalArgumentException if there is a key of that name, or the token can't make it
   */
  TokenKey make(KeyId id, KeyAlgorithm algorithm, char[] secret, boolean own)
      throws IOException, TokenUnavailable;

  /**
   * Makes a key ready to compute; nothing happens if it is.
   *
   * @throws IllegalArgumentException if there is no key of that name
   * @throws KeyUnreadable if the secret is wrong or the key was changed
   */
  void activate(KeyId id, char[] secret) throws KeyUnreadable, IOException, TokenUnavailable;

  /** Takes the key out of use until it is activated again. */
  void lock(KeyId id);

  boolean isActive(KeyId id);

  /**
   * When an active key was last asked to compute, or became active if it hasn't been since; empty
   * if it isn't active. Keys that lie idle are found by it.
   */
  default Optional<Instant> lastUsed(KeyId id) {
    return Optional.empty();
  }

  /**
   * Begins a signature; the octets follow piece by piece.
   *
   * @throws KeyLocked if the key isn't active, or never signs
   * @throws TokenUnavailable if the token doesn't answer
   */
  TokenSignature begin(KeyId id) throws KeyLocked, TokenUnavailable;

  /** Signs octets that are all there. */
  default Bytes sign(KeyId id, byte[] octets) throws KeyLocked, TokenUnavailable {
    TokenSignature signature = begin(id);
    signature.update(octets, 0, octets.length);
    return signature.sign();
  }

  /**
   * Decrypts with a key that doesn't sign.
   *
   * @throws KeyLocked if the key isn't active
   * @throws TokenUnavailable if the token doesn't answer
   * @throws NotDecrypted if the octets can't be decrypted; never for {@link
   *     ReleaseRequest.Scheme#RSA_PKCS1}
   */
  byte[] decrypt(KeyId id, ReleaseRequest.Scheme scheme, byte[] encrypted)
      throws KeyLocked, TokenUnavailable, NotDecrypted;

  /**
   * Destroys a key: nothing of it remains on the token.
   *
   * @throws IllegalArgumentException if there is no key of that name
   */
  void destroy(KeyId id) throws IOException, TokenUnavailable;

  /** The key as it lies at rest, encrypted, for a backup; none if it never leaves the token. */
  Optional<Bytes> sealed(KeyId id) throws IOException;

  /**
   * Takes a key back from a backup; it is locked afterwards.
   *
   * @throws IllegalArgumentException if there is a key of that name, or the token takes none
   */
  TokenKey restore(KeyId id, Bytes publicKey, Bytes sealed, boolean own) throws IOException;

  /**
   * Takes a key over that was made elsewhere; it is active afterwards.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   * @param pkcs8 PrivateKeyInfo (RFC 5208), DER; the caller wipes it
   * @param secret opens it from now on
   * @throws IllegalArgumentException if there is a key of that name, or the token takes none
   * @throws KeyUnreadable if it is no key of that algorithm, or doesn't fit the public one
   */
  default TokenKey take(
      KeyId id, KeyAlgorithm algorithm, Bytes publicKey, byte[] pkcs8, char[] secret)
      throws KeyUnreadable, IOException {
    throw new IllegalArgumentException("the token " + name() + " takes no keys over");
  }

  /** How it is. */
  VaultHealth.TokenState health();

  /** Locks all keys. */
  @Override
  void close();
}
