package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** Gives each provider a private key in the form that it reads. */
final class PrivateKeys {
  private PrivateKeys() {}

  static PrivateKey decode(KeyAlgorithm algorithm, PrivateKeyInfo key, Provider provider)
      throws GeneralSecurityException, IOException {
    boolean expanded =
        algorithm.family() == KeyAlgorithm.Family.ML_DSA
            && !provider.equals(SignatureProviders.bouncyCastle());
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
   * We keep seed and expanded key (RFC 9881 §6, {@code both}); the JDK knows only the expanded one,
   * without the tag of a choice.
   */
  private static byte[] expandedKey(PrivateKeyInfo key) throws IOException {
    if (!(key.parsePrivateKey() instanceof ASN1Sequence both) || both.size() != 2) {
      throw new IOException("not an ML-DSA key with its seed");
    }
    return new DEROctetString(ASN1OctetString.getInstance(both.getObjectAt(1)).getOctets())
        .getEncoded();
  }
}
