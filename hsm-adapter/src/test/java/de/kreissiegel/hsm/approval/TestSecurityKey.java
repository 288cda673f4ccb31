package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;

/** A security key and the browser before it, right as they come; a test changes one piece. */
final class TestSecurityKey {
  KeyPair pair = TestKeys.p256();
  Bytes credential = Bytes.fromHex("00112233445566778899aabbccddeeff");
  String registeredSite = Scene.SITE.relyingParty();
  Instant registered = Scene.NOW.minusSeconds(3600);
  String site = Scene.SITE.relyingParty();
  String origin = Scene.SITE.origin();
  String type = "webauthn.get";
  String afterOrigin = ",\"crossOrigin\":false}";
  int flags = 0x05;
  int counter = 7;
  byte[] moreData = {};
  Optional<Bytes> challenged = Optional.empty();
  Optional<String> clientData = Optional.empty();
  KeyPair signer = pair;

  TestSecurityKey() throws Exception {}

  Bytes registration(OfficerSigner officer) {
    return officer.message(
        SecurityKeyRegistration.TYPE,
        Bytes.of(
            Structures.octets(
                Structures.sequence(
                    new ASN1ObjectIdentifier(SecurityKeyRegistration.TYPE),
                    new ASN1Integer(1),
                    new DERUTF8String(registeredSite),
                    new DEROctetString(credential.toArray()),
                    ASN1Sequence.getInstance(pair.getPublic().getEncoded()),
                    new DERGeneralizedTime(Date.from(registered))))));
  }

  Evidence.SecurityKeyAssertion assertion(OfficerSigner registrar, Bytes statement)
      throws Exception {
    byte[] client =
        clientData.orElseGet(() -> usualClientData(statement)).getBytes(StandardCharsets.UTF_8);
    byte[] data =
        ByteBuffer.allocate(37 + moreData.length)
            .put(sha256(site.getBytes(StandardCharsets.US_ASCII)))
            .put((byte) flags)
            .putInt(counter)
            .put(moreData)
            .array();
    byte[] signed = ByteBuffer.allocate(data.length + 32).put(data).put(sha256(client)).array();
    return new Evidence.SecurityKeyAssertion(
        statement,
        registration(registrar),
        credential,
        Bytes.of(data),
        Bytes.of(client),
        Bytes.of(TestKeys.sign(signer, signed)));
  }

  String usualClientData(Bytes statement) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\"%s"
        .formatted(
            type,
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256(challenged.orElse(statement).toArray())),
            origin,
            afterOrigin);
  }

  static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
