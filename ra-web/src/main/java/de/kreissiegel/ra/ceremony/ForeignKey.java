package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.vault.Vault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A foreign authority's private key, as others hand it over: in a PKCS#12 file (RFC 7292). */
final class ForeignKey {
  private static final long LARGEST = 1L << 20;

  /** An RSA key signs its lists as most have been signed: by PKCS#1 v1.5, with SHA-2. */
  private static final Set<KeyAlgorithm> KINDS =
      EnumSet.of(
          KeyAlgorithm.ECDSA_P256,
          KeyAlgorithm.ECDSA_P384,
          KeyAlgorithm.ECDSA_P521,
          KeyAlgorithm.ECDSA_BRAINPOOL_P256R1,
          KeyAlgorithm.ECDSA_BRAINPOOL_P384R1,
          KeyAlgorithm.ECDSA_BRAINPOOL_P512R1,
          KeyAlgorithm.RSA_2048_PKCS1,
          KeyAlgorithm.RSA_3072_PKCS1,
          KeyAlgorithm.RSA_4096_PKCS1,
          KeyAlgorithm.ED25519);

  private ForeignKey() {}

  /** Which kind a key is of; none if the vault can't sign with such a one. */
  static Optional<KeyAlgorithm> kind(Bytes publicKey) {
    return KINDS.stream().filter(one -> Vault.fits(one, publicKey)).findFirst();
  }

  /**
   * The private key to a public one.
   *
   * @param password the file's
   * @return PKCS#8, DER; the caller wipes it. None if the file has no such key
   * @throws IOException if the file can't be read, or the password is another one
   */
  static Optional<byte[]> read(Path file, char[] password, Bytes publicKey) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is no PKCS#12 file with one key");
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
      store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
        Certificate its = store.getCertificate(alias);
        if (key instanceof PrivateKey
            && its != null
            && Bytes.of(its.getPublicKey().getEncoded()).equals(publicKey)) {
          return Optional.of(key.getEncoded());
        }
      }
      return Optional.empty();
    } catch (GeneralSecurityException unreadable) {
      throw new IOException(file + " can't be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
