package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/** What the vault says of its keys, asked once for each: name, key and algorithm never change. */
final class SigningKeys {
  private final Signer signer;
  private final Map<KeyId, VaultKey> known = new ConcurrentHashMap<>();

  SigningKeys(Signer signer) {
    this.signer = signer;
  }

  /** The algorithm by which this authority's key signs, as {@link #algorithm}. */
  AlgorithmIdentifier algorithmOf(Authority authority) throws SigningUnavailable {
    return algorithm(authority.key(), Certificate.getInstance(authority.certificate().toArray()));
  }

  /**
   * The algorithm by which this key signs.
   *
   * @throws IllegalStateException if the vault has no such key, or it isn't the key of this
   *     certificate: nobody could verify what it signs
   */
  AlgorithmIdentifier algorithm(KeyId id, Certificate certificate) throws SigningUnavailable {
    VaultKey key = known.get(id);
    if (key == null) {
      signer.keys().forEach(each -> known.put(each.id(), each));
      key = known.get(id);
    }
    if (key == null) {
      throw new IllegalStateException("the vault has no key " + id);
    }
    if (!key.publicKey().equals(Bytes.of(Der.of(certificate.getSubjectPublicKeyInfo())))) {
      throw new IllegalStateException(
          "the key %s is not that of the certificate %s".formatted(id, certificate.getSubject()));
    }
    return AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray());
  }
}
