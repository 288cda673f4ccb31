package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.SecurityKeyRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence.SecurityKeyAssertion;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * An assertion by a security key (WebAuthn Level 2 §7.2), whose challenge is a statement's hash.
 */
final class SecurityKeyCheck {
  private static final int HASH_OCTETS = 32;
  private static final int SHORTEST_DATA = HASH_OCTETS + 1 + 4;
  private static final int LONGEST_DATA = 1024;
  private static final int LONGEST_CLIENT_DATA = 4096;
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final int EXTENDED = 0x80;

  private final SecurityKeyRules rules;
  private final CounterWatch counters;

  SecurityKeyCheck(SecurityKeyRules rules, CounterWatch counters) {
    this.rules = rules;
    this.counters = counters;
  }

  /** Whose security key it is: by whose certificate's key it was registered. */
  OfficerCertificate verified(SecurityKeyAssertion assertion, Instant now)
      throws MalformedEvidence, SigningRefused {
    OfficerMessage message =
        OfficerMessage.verified(assertion.registration(), Identifiers.SECURITY_KEY_REGISTRATION);
    SecurityKeyRegistration registration = SecurityKeyRegistration.decode(message.content());
    require(
        registration.credentialId().equals(assertion.credentialId())
            && registration.relyingParty().equals(rules.relyingParty()),
        "approval-security-key",
        "the officer registered another security key, or for another site");
    require(
        message.certificate().validAt(registration.created())
            && !registration.created().isAfter(now),
        "approval-security-key",
        "the security key was registered at a time when the certificate wasn't valid");
    clientData(assertion);
    long counter = authenticatorData(assertion.authenticatorData());
    SubjectPublicKeyInfo key =
        Der.read("security key", registration.publicKey(), SubjectPublicKeyInfo::getInstance);
    require(
        Signatures.hold(
            algorithm(key),
            key,
            concatenated(
                assertion.authenticatorData(), Digests.sha256(assertion.clientData().toArray())),
            assertion.signature().toArray()),
        "approval-signature",
        "the security key's signature doesn't hold");
    require(
        counters.isFirst(assertion.credentialId(), counter, assertion.statement()),
        "approval-security-key-counter",
        "two signatures bear the same number: there may be a copy of the security key; revoke it");
    return message.certificate();
  }

  /** ES256 or ES384 (RFC 9053 §2.1), by the curve. */
  private static AlgorithmIdentifier algorithm(SubjectPublicKeyInfo key) throws MalformedEvidence {
    Object curve = key.getAlgorithm().getParameters();
    if (key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && curve instanceof ASN1ObjectIdentifier) {
      if (curve.equals(SECObjectIdentifiers.secp256r1)) {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      }
      if (curve.equals(SECObjectIdentifiers.secp384r1)) {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
      }
    }
    throw new MalformedEvidence("security key: only ES256 and ES384 count");
  }

  /**
   * The limited verification algorithm (§5.8.1.2): browsers write the first members in this order
   * and spelling. One that knows no crossOrigin leaves it out.
   */
  private void clientData(SecurityKeyAssertion assertion) throws SigningRefused {
    byte[] challenge = Digests.sha256(assertion.statement().toArray()).toArray();
    String begin =
        "{\"type\":\"webauthn.get\",\"challenge\":\"%s\""
            .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(challenge));
    String origin = ",\"origin\":\"%s\"".formatted(rules.origin());
    byte[] data = assertion.clientData().toArray();
    require(
        data.length <= LONGEST_CLIENT_DATA && startsWith(data, begin),
        "approval-challenge",
        "the security key signed for another statement");
    require(
        startsWith(data, begin + origin + ",\"crossOrigin\":false,")
            || startsWith(data, begin + origin + ",\"crossOrigin\":false}")
            || Arrays.equals(data, ascii(begin + origin + "}")),
        "approval-origin",
        "the security key signed on another page than " + rules.origin());
  }

  /** Checks §6.1, and returns the signature counter. */
  private long authenticatorData(Bytes encoded) throws MalformedEvidence, SigningRefused {
    byte[] data = encoded.toArray();
    if (data.length < SHORTEST_DATA || data.length > LONGEST_DATA) {
      throw new MalformedEvidence("authenticatorData: of another length");
    }
    require(
        Bytes.of(Arrays.copyOf(data, HASH_OCTETS))
            .equals(Digests.sha256(ascii(rules.relyingParty()))),
        "approval-relying-party",
        "the security key signed for another site than " + rules.relyingParty());
    int flags = data[HASH_OCTETS];
    require(
        (flags & USER_PRESENT) != 0 && (flags & USER_VERIFIED) != 0,
        "approval-user-verification",
        "the security key must have asked for PIN or fingerprint");
    if ((flags & ATTESTED) != 0 || (flags & EXTENDED) == 0 && data.length != SHORTEST_DATA) {
      throw new MalformedEvidence("authenticatorData: more than an assertion has");
    }
    return Integer.toUnsignedLong(ByteBuffer.wrap(data).getInt(HASH_OCTETS + 1));
  }

  private static boolean startsWith(byte[] data, String text) {
    byte[] prefix = ascii(text);
    return data.length >= prefix.length
        && Arrays.equals(data, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concatenated(Bytes first, Bytes second) {
    byte[] all = Arrays.copyOf(first.toArray(), first.length() + second.length());
    System.arraycopy(second.toArray(), 0, all, first.length(), second.length());
    return all;
  }
}
