package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/** The authorities' keys as the vault tells of them; asked once, for they don't change. */
final class IssuingKeys {
  private final Signer signer;
  private final Map<KeyId, VaultKey> known = new ConcurrentHashMap<>();

  /** Of those whose key was held against their certificate. */
  private final Map<AuthorityName, Bytes> algorithms = new ConcurrentHashMap<>();

  IssuingKeys(Signer signer) {
    this.signer = signer;
  }

  /**
   * The AlgorithmIdentifier of an authority's signatures, DER.
   *
   * @throws SigningUnavailable if the vault can't be asked, or has no such key, or another one
   */
  Bytes signatureAlgorithm(Authority authority) throws SigningUnavailable {
    Bytes algorithm = algorithms.get(authority.name());
    if (algorithm == null) {
      algorithm = keyOf(authority).signatureAlgorithm();
      algorithms.put(authority.name(), algorithm);
    }
    return algorithm;
  }

  private VaultKey keyOf(Authority authority) throws SigningUnavailable {
    if (!known.containsKey(authority.key())) {
      for (VaultKey key : signer.keys()) {
        known.put(key.id(), key);
      }
    }
    VaultKey key = known.get(authority.key());
    if (key == null) {
      throw new SigningUnavailable("the vault has no key " + authority.key());
    }
    if (!key.publicKey().equals(publicKeyOf(authority))) {
      known.remove(authority.key());
      throw new SigningUnavailable(
          "the vault's key " + authority.key() + " is not that of authority " + authority.name());
    }
    return key;
  }

  /**
   * The authority for whose OCSP responder the vault has this key: answers of a generation count
   * only if the responder was certified by the same key as what it tells of (RFC 6960 §4.2.2.2).
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   */
  Optional<Authority> ofResponder(Bytes publicKey, AuthorityCatalog authorities)
      throws SigningUnavailable {
    Optional<KeyId> id = idOf(publicKey);
    if (id.isEmpty()) {
      for (VaultKey key : signer.keys()) {
        known.put(key.id(), key);
      }
      id = idOf(publicKey);
    }
    return id.flatMap(
        key ->
            authorities.all().stream()
                .filter(authority -> authority.ocspKey().filter(key::equals).isPresent())
                .findFirst());
  }

  private Optional<KeyId> idOf(Bytes publicKey) {
    return known.values().stream()
        .filter(key -> key.publicKey().equals(publicKey))
        .map(VaultKey::id)
        .findFirst();
  }

  static Bytes publicKeyOf(Authority authority) {
    try {
      return Bytes.of(
          Certificate.getInstance(authority.certificate().toArray())
              .getSubjectPublicKeyInfo()
              .getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
