package de.kreissiegel.ca.policyset;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What is inside of composite keys: the public key of ML-DSA, and behind it the classical one
 * (draft-ietf-lamps-pq-composite-sigs §4). Key material of a composite is for nothing else.
 */
final class CompositeKeys {
  /** Octets of a public key of ML-DSA-44, -65 and -87 (FIPS 204 Table 2). */
  private static final List<Integer> LENGTHS = List.of(1312, 1952, 2592);

  private CompositeKeys() {}

  /** Whether a key is a component of a composite one among these. */
  static boolean haveComponent(Collection<Bytes> keys, Bytes publicKey) {
    SubjectPublicKeyInfo alone = SubjectPublicKeyInfo.getInstance(publicKey.toArray());
    byte[] bits = alone.getPublicKeyData().getOctets();
    return keys.stream().anyMatch(key -> isComposite(key) && contains(key, bits));
  }

  private static boolean contains(Bytes composite, byte[] component) {
    byte[] all =
        SubjectPublicKeyInfo.getInstance(composite.toArray()).getPublicKeyData().getOctets();
    for (int length : LENGTHS) {
      if (length < all.length
          && (Arrays.equals(component, Arrays.copyOf(all, length))
              || Arrays.equals(component, Arrays.copyOfRange(all, length, all.length)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isComposite(Bytes key) {
    String id =
        SubjectPublicKeyInfo.getInstance(key.toArray()).getAlgorithm().getAlgorithm().getId();
    return Algorithms.isComposite(id) || Algorithms.isCompositeOfMlDsa44(id);
  }
}
