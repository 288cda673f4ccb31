package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a time-stamp against a key's rules (RFC 3161 §2.4.2). What is asked for is, in DER,
 *
 * <pre>SEQUENCE { tstInfo OCTET STRING, signedAttrs SET OF Attribute }</pre>
 *
 * <p>where the OCTET STRING holds the TSTInfo and only the SET is signed.
 */
final class TimeStampCheck {
  static final String TST_INFO = "1.2.840.113549.1.9.16.1.4";

  private TimeStampCheck() {}

  static void check(TimeStampRules rules, KeyFacts key, byte[] octets, Instant now)
      throws SigningRefused, NotDer {
    StrictDer.check(octets);
    DerCursor frame = new DerCursor(octets).into(DerCursor.SEQUENCE, "time-stamp");
    byte[] info = frame.content(frame.next(DerCursor.OCTET_STRING, "tstInfo"));
    SignedAttributes attributes = SignedAttributes.read(frame.into(DerCursor.SET, "signedAttrs"));
    frame.end();
    TstInfo.read(info).check(rules, now);
    AttributesCheck check = new AttributesCheck(attributes);
    check.noOthersThan(Set.of());
    check.contentType(TST_INFO);
    byte[] digest = check.messageDigest();
    Optional<DigestKind> kind = DigestKind.ofLength(digest.length);
    require(
        kind.isPresent() && Arrays.equals(kind.get().digest(info), digest),
        "message-digest",
        "messageDigest is not SHA-256, SHA-384 or SHA-512 of tstInfo");
    check.signingTime(now, rules.clockTolerance());
    check.signingCertificate(true);
    check.algorithmProtection(kind.orElseThrow(), key);
  }
}
