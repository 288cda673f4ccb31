package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.token.KeyUnreadable;
import de.kreissiegel.hsm.token.NotDecrypted;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is done with private keys on the token. */
final class PrivateOperations {
  private static final int PROBE_OCTETS = 32;

  private final Connection connection;
  private final SecureRandom randomness;
  private final Map<KeyId, Decryption> decryptions = new ConcurrentHashMap<>();

  PrivateOperations(Connection connection, SecureRandom randomness) {
    this.connection = connection;
    this.randomness = randomness;
  }

  byte[] sign(StoredKey key, byte[] octets) throws TokenUnavailable {
    return computing(
        session -> session.sign(key.recipe().operation(), key.handle(session), octets));
  }

  private RawRsa rsa(StoredKey key) {
    return new RawRsa(
        number ->
            computing(session -> session.decrypt(RawRsa.MECHANISM, key.handle(session), number)),
        key.key());
  }

  private byte[] computing(Connection.Work<byte[]> work) throws TokenUnavailable {
    try {
      return connection.repeatable(work);
    } catch (CkFailure failure) {
      throw connection.unavailable(failure);
    }
  }

  byte[] decrypt(StoredKey key, ReleaseRequest.Scheme scheme, byte[] encrypted)
      throws TokenUnavailable, NotDecrypted {
    KeyId id = key.key().id();
    Decryption decryption = decryptions.get(id);
    if (decryption == null) {
      decryption = Decryption.with(rsa(key));
      decryptions.put(id, decryption);
    }
    return decryption.decrypt(scheme, encrypted);
  }

  /** Forgets what it knows of a key that is locked or destroyed. */
  void forget(KeyId id) {
    decryptions.remove(id);
  }

  /** On many a token anybody may change public objects: the private key must fit the public one. */
  void prove(StoredKey key) throws KeyUnreadable, TokenUnavailable {
    boolean fits = key.recipe().algorithm().signs() ? signsForItself(key) : decryptsForItself(key);
    if (!fits) {
      throw new KeyUnreadable(
          "the private key "
              + key.key().id()
              + " on the token doesn't fit its public key; somebody changed one of them");
    }
  }

  private boolean signsForItself(StoredKey key) throws TokenUnavailable {
    byte[] probe = new byte[PROBE_OCTETS];
    randomness.nextBytes(probe);
    SignatureInProgress signature =
        new SignatureInProgress(key.recipe(), octets -> sign(key, octets));
    signature.update(probe, 0, probe.length);
    return PublicKeys.verifies(
        key.key().algorithm(), key.key().publicKey(), probe, signature.sign().toArray());
  }

  /** What the private exponent makes of a number, the public one makes undone. */
  private boolean decryptsForItself(StoredKey key) throws TokenUnavailable {
    RawRsa rsa = rsa(key);
    byte[] probe = new byte[rsa.octets()];
    randomness.nextBytes(probe);
    probe[0] = 0;
    return rsa.undoes(rsa.compute(probe), probe);
  }
}
