package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds signed attributes of a CMS message against a key's rules (RFC 5652 §5.3, §11). What is
 * asked for is, in DER,
 *
 * <pre>
 * SEQUENCE {
 *   digestAlgorithm AlgorithmIdentifier,
 *   eContentType OBJECT IDENTIFIER,
 *   signedAttrs SET OF Attribute
 * }
 * </pre>
 *
 * <p>where only the SET is signed.
 */
final class CmsCheck {
  private CmsCheck() {}

  static void check(CmsRules rules, KeyFacts key, byte[] octets, Instant now)
      throws SigningRefused, NotDer {
    StrictDer.check(octets);
    DerCursor frame = new DerCursor(octets).into(DerCursor.SEQUENCE, "message");
    Optional<DigestKind> kind = DigestKind.read(frame, "digestAlgorithm");
    require(kind.isPresent(), "digest-algorithm", "the digest must be SHA-256, -384 or -512");
    String content = SignedAttributes.identifier(frame, "eContentType");
    require(
        rules.contentTypes().contains(content) && !content.equals(TimeStampCheck.TST_INFO),
        "content-type",
        "this key signs no content of the type " + content);
    DerCursor.Value set = frame.next(DerCursor.SET, "signedAttrs");
    frame.end();
    require(
        set.length() <= rules.largestAttributes(),
        "size",
        "more than " + rules.largestAttributes() + " octets of attributes");
    AttributesCheck check = new AttributesCheck(SignedAttributes.read(frame.inside(set)));
    check.noOthersThan(rules.attributes());
    check.contentType(content);
    require(
        check.messageDigest().length == kind.orElseThrow().octets(),
        "message-digest",
        "messageDigest has another length than its algorithm's");
    check.signingTime(now, rules.clockTolerance());
    check.signingCertificate(false);
    check.algorithmProtection(kind.orElseThrow(), key);
  }
}
