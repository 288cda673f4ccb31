package de.kreissiegel.ca.profile;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a key is for. A key has one purpose only (BSI TR-03116-4 §6.1.2, TR-02102-1 remark 6.1), so
 * the profile names the purpose, and the key usage follows from it.
 */
public enum Purpose {
  /** Declarations of will: contentCommitment, and nothing beside it. */
  SIGNATURE(EnumSet.of(ExtendedKeyUsage.EMAIL_PROTECTION, ExtendedKeyUsage.DOCUMENT_SIGNING)),
  /**
   * Signing mails: that they come from whom they say. Mail programs ask for digitalSignature (RFC
   * 8550 §4.4.2); a declaration of will it is not.
   */
  MAIL_SIGNATURE(EnumSet.of(ExtendedKeyUsage.EMAIL_PROTECTION)),
  /** Receiving what was encrypted. */
  ENCRYPTION(EnumSet.of(ExtendedKeyUsage.EMAIL_PROTECTION)),
  /** Proving who one is: TLS, IKE. */
  AUTHENTICATION(
      EnumSet.of(
          ExtendedKeyUsage.CLIENT_AUTH,
          ExtendedKeyUsage.SERVER_AUTH,
          ExtendedKeyUsage.IPSEC_IKE,
          ExtendedKeyUsage.EAP_OVER_LAN,
          ExtendedKeyUsage.SMARTCARD_LOGON)),
  /**
   * Approving as a registration officer: signing the statement that the vault checks. The key signs
   * what it is asked to, like one of authentication, but nothing else asks for its usage.
   */
  APPROVAL(EnumSet.of(ExtendedKeyUsage.DOCUMENT_SIGNING)),
  /** Signing OCSP responses for an authority (RFC 6960 §4.2.2.2). */
  STATUS(EnumSet.of(ExtendedKeyUsage.OCSP_SIGNING)),
  /** Signing time stamps (RFC 3161 §2.3). */
  TIME_STAMPING(EnumSet.of(ExtendedKeyUsage.TIME_STAMPING));

  private final Set<ExtendedKeyUsage> compatible;

  Purpose(Set<ExtendedKeyUsage> compatible) {
    this.compatible = compatible;
  }

  /** Whether a key of this purpose may be used so. */
  public boolean allows(ExtendedKeyUsage usage) {
    return compatible.contains(usage);
  }

  /** The key usage bits (RFC 5280 §4.2.1.3) of a key of this kind. */
  public Set<KeyUsageBit> keyUsage(KeyAlgorithm algorithm) {
    return switch (this) {
      case SIGNATURE -> EnumSet.of(KeyUsageBit.NON_REPUDIATION);
      case AUTHENTICATION, MAIL_SIGNATURE, APPROVAL, STATUS, TIME_STAMPING ->
          EnumSet.of(KeyUsageBit.DIGITAL_SIGNATURE);
      // RFC 5480 §3: an EC key never enciphers a key, it agrees on one; RSA the other way round.
      case ENCRYPTION ->
          algorithm.isElliptic()
              ? EnumSet.of(KeyUsageBit.KEY_AGREEMENT)
              : EnumSet.of(KeyUsageBit.KEY_ENCIPHERMENT);
    };
  }
}
