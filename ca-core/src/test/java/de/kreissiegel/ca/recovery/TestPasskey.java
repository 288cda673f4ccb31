package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.hsm.approval.SecurityKeyApproval;
import de.kreissiegel.hsm.approval.SecurityKeyRegistration;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.UUID;

/** An officer's passkey and the browser before it (WebAuthn Level 2 §6.3.3). */
final class TestPasskey {
  private static final int PRESENT_AND_VERIFIED = 0x05;

  final Bytes credential =
      Bytes.of(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
  int flags = PRESENT_AND_VERIFIED;
  String origin = VaultedHouse.SECURITY_KEYS.origin();

  private final KeyPair pair;
  private final Bytes registration;
  private int counter;

  /** One that the officer has said is theirs. */
  TestPasskey(EscrowHouse house, Actor.Person officer) throws Exception {
    pair = SampleRequests.elliptic("secp256r1");
    registration =
        house.vaulted.sign(
            officer,
            new SecurityKeyRegistration(
                VaultedHouse.SECURITY_KEYS.relyingParty(),
                credential,
                Bytes.of(pair.getPublic().getEncoded()),
                house.house.clock.instant()));
    house.credentials.put(officer.id(), credential);
  }

  /** What the browser sends when its holder confirms a statement. */
  Bytes confirmed(Statement statement) throws Exception {
    return shown(statement, statement);
  }

  /** Says that a confirmation of one statement were one of another. */
  Bytes shown(Statement confirmed, Statement shown) throws Exception {
    byte[] client =
        "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
            .formatted(
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(sha256(confirmed.encoded().toArray())),
                origin)
            .getBytes(StandardCharsets.UTF_8);
    byte[] data =
        ByteBuffer.allocate(37)
            .put(
                sha256(
                    VaultedHouse.SECURITY_KEYS.relyingParty().getBytes(StandardCharsets.US_ASCII)))
            .put((byte) flags)
            .putInt(++counter)
            .array();
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(data);
    signature.update(sha256(client));
    return SecurityKeyApproval.encoded(
        new Evidence.SecurityKeyAssertion(
            shown.encoded(),
            registration,
            credential,
            Bytes.of(data),
            Bytes.of(client),
            Bytes.of(signature.sign())));
  }

  private static byte[] sha256(byte[] octets) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(octets);
  }
}
