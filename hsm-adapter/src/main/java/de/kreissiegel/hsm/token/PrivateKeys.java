package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Gives each provider a private key in the form that it reads. */
final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * A key as that provider computes with it.
   *
   * @throws IOException if it isn't encoded as {@link KeyPairs} does it
   */
  static PrivateKey decode(KeyAlgorithm algorithm, PrivateKeyInfo key, Provider provider)
      throws GeneralSecurityException, IOException {
    boolean lattice = algorithm.family() == KeyAlgorithm.Family.ML_DSA;
    if (lattice && !isSeed(key)) {
      throw new IOException("an ML-DSA key is kept as its seed");
    }
    boolean expanded = lattice && !provider.equals(SignatureProviders.bouncyCastle());
    byte[] content = expanded ? expandedKey(key) : key.getPrivateKey().getOctets();
    byte[] encoded = new PrivateKeyInfo(key.getPrivateKeyAlgorithm(), content).getEncoded();
    try {
      return KeyFactory.getInstance(AlgorithmTable.keyFactory(algorithm), provider)
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /**
   * We keep the seed alone (RFC 9881 §6), so that no expanded key can be wrong in itself; the JDK
   * reads only expanded ones, without the tag of a choice.
   */
  private static byte[] expandedKey(PrivateKeyInfo key) throws IOException {
    if (PrivateKeyFactory.createKey(key) instanceof MLDSAPrivateKeyParameters expanded) {
      return new DEROctetString(expanded.getEncoded()).getEncoded();
    }
    throw new IOException("not an ML-DSA key");
  }

  /** Whether the key is kept as its seed. */
  private static boolean isSeed(PrivateKeyInfo key) throws IOException {
    return key.parsePrivateKey() instanceof ASN1TaggedObject seed && seed.hasContextTag(0);
  }
}
