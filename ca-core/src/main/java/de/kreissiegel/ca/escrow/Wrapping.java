package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificationRequest;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Wraps a key that was made here, as browsers wrap theirs. */
final class Wrapping {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int WRAPPING_KEY = 32;
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private Wrapping() {}

  static Deposit of(
      byte[] privateKey,
      TenantId tenant,
      ProfileName profile,
      Bytes certificationRequest,
      EscrowKey vault,
      SecureRandom random)
      throws Refused {
    String hash = CertificationRequest.verified(certificationRequest).key().hash().toHex();
    byte[] wrappingKey = new byte[WRAPPING_KEY];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(wrappingKey);
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(wrappingKey, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(hash.getBytes(StandardCharsets.US_ASCII));
      byte[] sealed = cipher.doFinal(privateKey);
      byte[] wrapped = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, wrapped, NONCE, sealed.length);
      return new Deposit(
          tenant, profile, certificationRequest, Bytes.of(wrapped), toVault(wrappingKey, vault));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES-GCM and RSA-OAEP", impossible);
    } finally {
      Arrays.fill(wrappingKey, (byte) 0);
    }
  }

  private static Bytes toVault(byte[] wrappingKey, EscrowKey vault)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(vault.publicKey().toArray())),
        OAEP);
    return Bytes.of(cipher.doFinal(wrappingKey));
  }
}
