package de.kreissiegel.ra.house;

import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.approval.SecurityKeyApproval;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.approval.SecurityKeyRegistration;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;

/** A security key and the browser before it (WebAuthn Level 2 §6.3.3), of a holder with its PIN. */
public final class SoftSecurityKey {
  private static final int PRESENT_AND_VERIFIED = 0x05;
  private static final Bytes CREDENTIAL = Bytes.fromHex("00112233445566778899aabbccddeeff");

  private final KeyPair pair = Certificates.newKey();
  private final SecurityKeyPages pages;
  private final Instant registered;
  private int counter;

  /**
   * @param pages where it is used
   * @param registered when its holder says that it is theirs
   */
  public SoftSecurityKey(SecurityKeyPages pages, Instant registered) {
    this.pages = pages;
    this.registered = registered;
  }

  /** The credential's id, the same for all of them. */
  public Bytes credential() {
    return CREDENTIAL;
  }

  public ECPublicKey publicKey() {
    return (ECPublicKey) pair.getPublic();
  }

  Bytes registration(OfficerKey officer) {
    return officer.sign(
        new SecurityKeyRegistration(
            pages.relyingParty(), CREDENTIAL, Bytes.of(pair.getPublic().getEncoded()), registered));
  }

  /** What the browser sends when its holder confirms a statement. */
  public Bytes approval(Bytes registration, Bytes statement) throws GeneralSecurityException {
    byte[] client =
        "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
            .formatted(
                Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(statement.toArray())),
                pages.origin())
            .getBytes(StandardCharsets.UTF_8);
    byte[] data =
        ByteBuffer.allocate(37)
            .put(sha256(pages.relyingParty().getBytes(StandardCharsets.US_ASCII)))
            .put((byte) PRESENT_AND_VERIFIED)
            .putInt(++counter)
            .array();
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(data);
    signature.update(sha256(client));
    return SecurityKeyApproval.encoded(
        new Evidence.SecurityKeyAssertion(
            statement,
            registration,
            CREDENTIAL,
            Bytes.of(data),
            Bytes.of(client),
            Bytes.of(signature.sign())));
  }

  private static byte[] sha256(byte[] octets) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(octets);
  }
}
