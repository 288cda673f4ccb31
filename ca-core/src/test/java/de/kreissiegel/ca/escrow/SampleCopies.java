package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Copies as browsers make them. */
public final class SampleCopies {
  private static final SecureRandom RANDOM = new SecureRandom();

  private SampleCopies() {}

  /** An honest one of this key. */
  public static Deposit of(KeyPair pair, TenantId tenant, ProfileName profile, EscrowKey vault) {
    return of(pair, pair.getPrivate().getEncoded(), tenant, profile, vault);
  }

  /** One of this key that holds other octets. */
  public static Deposit of(
      KeyPair pair, byte[] content, TenantId tenant, ProfileName profile, EscrowKey vault) {
    try {
      byte[] wrappingKey = octets(32);
      byte[] nonce = octets(12);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(wrappingKey, "AES"),
          new GCMParameterSpec(128, nonce));
      cipher.updateAAD(
          SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded()))
              .toHex()
              .getBytes(StandardCharsets.US_ASCII));
      byte[] sealed = cipher.doFinal(content);
      byte[] wrapped = new byte[nonce.length + sealed.length];
      System.arraycopy(nonce, 0, wrapped, 0, nonce.length);
      System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
      return new Deposit(
          tenant,
          profile,
          SampleRequests.of(pair, ""),
          Bytes.of(wrapped),
          Bytes.of(toVault(wrappingKey, vault)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] toVault(byte[] wrappingKey, EscrowKey vault)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(vault.publicKey().toArray())),
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    return cipher.doFinal(wrappingKey);
  }

  private static byte[] octets(int count) {
    byte[] octets = new byte[count];
    RANDOM.nextBytes(octets);
    return octets;
  }
}
