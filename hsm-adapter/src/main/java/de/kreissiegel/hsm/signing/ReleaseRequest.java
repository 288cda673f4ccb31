package de.kreissiegel.hsm.signing;

import java.util.List;
import java.util.UUID;

/**
 * Open what was encrypted to one of the vault's keys. For each release the vault signs a receipt
 * into its journal before it lets anything out.
 *
 * @param id chosen by who asks; the same id with the same octets is answered again, with others
 *     refused
 * @param key the key to decrypt with
 * @param purpose which of the two it is for; the key's policy allows one
 * @param scheme how the octets were encrypted
 * @param encrypted the RSA ciphertext: a content-encryption key or a wrapped escrow key
 * @param evidence officers' signatures, where the key's policy asks for them
 */
public record ReleaseRequest(
    UUID id, KeyId key, Purpose purpose, Scheme scheme, Bytes encrypted, List<Evidence> evidence) {
  public ReleaseRequest {
    evidence = List.copyOf(evidence);
  }

  /** Why something is decrypted. */
  public enum Purpose {
    /** A message of a protocol, as SCEP's (RFC 8894 §3.2). */
    DECRYPT(1),
    /** An escrowed key, against officers' signatures. */
    UNWRAP(2);

    private final int code;

    Purpose(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /**
     * The purpose with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Purpose ofCode(int code) {
      for (Purpose purpose : values()) {
        if (purpose.code == code) {
          return purpose;
        }
      }
      throw new IllegalArgumentException("no purpose has the number " + code);
    }
  }

  /** How it was encrypted. */
  public enum Scheme {
    /** RSAES-OAEP with SHA-256 for hash and mask (RFC 8017 §7.1). */
    RSA_OAEP_SHA256(1),
    /**
     * RSAES-PKCS1-v1_5 (RFC 8017 §7.2), for clients that know nothing else. What doesn't decrypt is
     * answered with random octets, so that nobody learns from the answer.
     */
    RSA_PKCS1(2);

    private final int code;

    Scheme(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /**
     * The scheme with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scheme ofCode(int code) {
      for (Scheme scheme : values()) {
        if (scheme.code == code) {
          return scheme;
        }
      }
      throw new IllegalArgumentException("no scheme has the number " + code);
    }
  }
}
