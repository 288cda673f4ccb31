package de.kreissiegel.hsm.signing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumSet;

/** Keys without a vault. */
public final class TestKeys {
  private TestKeys() {}

  public static KeyPair p256() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  public static VaultKey told(String id, KeyPair pair) {
    return new VaultKey(
        new KeyId(id),
        Bytes.of(pair.getPublic().getEncoded()),
        Bytes.fromHex("300a06082a8648ce3d040302"),
        EnumSet.allOf(SignedStructure.class),
        VaultKey.State.ACTIVE);
  }

  public static byte[] sign(KeyPair pair, byte[] octets) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
