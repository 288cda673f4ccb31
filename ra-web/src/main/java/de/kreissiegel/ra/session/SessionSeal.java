package de.kreissiegel.ra.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Keeps sessions from who reads the database. A session's id is 256 random bits, which the browser
 * alone has. The database has its SHA-256, and the content under AES-256-GCM (NIST SP 800-38D) with
 * a key made of the id (HKDF, RFC 5869).
 */
final class SessionSeal {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final byte[] PURPOSE = "kreissiegel session content".getBytes(US_ASCII);
  private static final int ID_OCTETS = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random;

  SessionSeal(SecureRandom random) {
    this.random = random;
  }

  /** A new session's: 32 random octets in base64url (RFC 4648 §5). */
  String newId() {
    byte[] octets = new byte[ID_OCTETS];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** Whether a text from a cookie can be a session's id at all. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** By what the database knows a session. */
  static Bytes key(String id) {
    return Bytes.of(id.getBytes(US_ASCII)).sha256();
  }

  /** Its content as the database gets it: a nonce of 12 octets, what is encrypted, and the tag. */
  Bytes seal(String id, byte[] content) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(content);
      byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE, sealed.length);
      return Bytes.of(both);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What was sealed under this id; empty if it wasn't, or was changed. */
  static Optional<byte[]> open(String id, Bytes sealed) {
    byte[] octets = sealed.toArray();
    if (octets.length < NONCE) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, id, Arrays.copyOf(octets, NONCE));
      return Optional.of(cipher.doFinal(octets, NONCE, octets.length - NONCE));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
    SecretKey key =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "AES",
                HKDFParameterSpec.ofExtract()
                    .addIKM(id.getBytes(US_ASCII))
                    .thenExpand(PURPOSE, ID_OCTETS));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
