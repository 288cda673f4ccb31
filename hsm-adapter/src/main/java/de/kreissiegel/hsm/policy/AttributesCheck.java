package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what time-stamps and messages have in common to its form (RFC 5652 §11, RFC 5035, 6211).
 */
final class AttributesCheck {
  private static final Set<String> KNOWN =
      Set.of(
          SignedAttributes.CONTENT_TYPE,
          SignedAttributes.MESSAGE_DIGEST,
          SignedAttributes.SIGNING_TIME,
          SignedAttributes.SIGNING_CERTIFICATE_V2,
          SignedAttributes.ALGORITHM_PROTECTION);
  private static final int PROTECTED_SIGNATURE = 0xa1;

  private final SignedAttributes attributes;

  AttributesCheck(SignedAttributes attributes) {
    this.attributes = attributes;
  }

  void noOthersThan(Set<String> allowed) throws SigningRefused {
    for (String type : attributes.values().keySet()) {
      require(
          KNOWN.contains(type) || allowed.contains(type),
          "attribute",
          "the attribute " + type + " is not allowed");
    }
  }

  void contentType(String wanted) throws SigningRefused, NotDer {
    DerCursor value = present(SignedAttributes.CONTENT_TYPE, "content-type", "contentType");
    require(
        SignedAttributes.identifier(value, "contentType").equals(wanted),
        "content-type",
        "contentType is not that of the content");
  }

  /** The digest of the content, as the attribute says. */
  byte[] messageDigest() throws SigningRefused, NotDer {
    DerCursor value = present(SignedAttributes.MESSAGE_DIGEST, "message-digest", "messageDigest");
    return value.content(value.next(DerCursor.OCTET_STRING, "messageDigest"));
  }

  void signingTime(Instant now, Duration tolerance) throws SigningRefused, NotDer {
    Optional<DerCursor> value = attributes.single(SignedAttributes.SIGNING_TIME);
    if (value.isPresent()) {
      require(
          near(Times.next(value.get(), "signingTime"), now, tolerance),
          "signing-time",
          "signingTime is more than " + tolerance + " from the vault's clock");
    }
  }

  static boolean near(Instant time, Instant now, Duration tolerance) {
    return Duration.between(time, now).abs().compareTo(tolerance) <= 0;
  }

  /** RFC 5035 §3: at least the signer's own certificate, by its hash. */
  void signingCertificate(boolean wanted) throws SigningRefused, NotDer {
    Optional<DerCursor> value = attributes.single(SignedAttributes.SIGNING_CERTIFICATE_V2);
    require(
        value.isPresent() || !wanted,
        "signing-certificate",
        "signingCertificateV2 is missing; name the certificate that verifies it");
    if (value.isEmpty()) {
      return;
    }
    DerCursor parts = value.get().into(DerCursor.SEQUENCE, "signingCertificateV2");
    DerCursor certificates = parts.into(DerCursor.SEQUENCE, "certs");
    require(certificates.hasMore(), "signing-certificate", "it names no certificate");
    while (certificates.hasMore()) {
      certificateId(certificates.into(DerCursor.SEQUENCE, "ESSCertIDv2"));
    }
    if (parts.hasMore()) {
      parts.next(DerCursor.SEQUENCE, "policies");
    }
    parts.end();
  }

  private static void certificateId(DerCursor id) throws SigningRefused, NotDer {
    Optional<DigestKind> kind = Optional.of(DigestKind.SHA_256);
    if (id.peek() == DerCursor.SEQUENCE) {
      kind = DigestKind.read(id, "hashAlgorithm");
      // X.690 §11.5: a default value is left out; RFC 5035 §4 names no parameters for it.
      require(
          kind.isPresent() && kind.get() != DigestKind.SHA_256,
          "signing-certificate",
          "the hash must be SHA-256, left out, or SHA-384 or SHA-512");
    }
    DerCursor.Value hash = id.next(DerCursor.OCTET_STRING, "certHash");
    require(
        hash.length() == kind.orElseThrow().octets(),
        "signing-certificate",
        "the hash has another length than its algorithm's");
    if (id.hasMore()) {
      DerCursor issuer = id.into(DerCursor.SEQUENCE, "issuerSerial");
      issuer.next(DerCursor.SEQUENCE, "issuer");
      issuer.next(DerCursor.INTEGER, "serialNumber");
      issuer.end();
    }
    id.end();
  }

  /** RFC 6211 §2: the algorithms that it names are those that are used. */
  void algorithmProtection(DigestKind digest, KeyFacts key) throws SigningRefused, NotDer {
    Optional<DerCursor> value = attributes.single(SignedAttributes.ALGORITHM_PROTECTION);
    if (value.isEmpty()) {
      return;
    }
    DerCursor parts = value.get().into(DerCursor.SEQUENCE, "cmsAlgorithmProtection");
    Optional<DigestKind> named = DigestKind.read(parts, "digestAlgorithm");
    byte[] signature = parts.content(parts.next(PROTECTED_SIGNATURE, "signatureAlgorithm"));
    parts.end();
    DerCursor own = new DerCursor(key.signatureAlgorithm().toArray());
    require(
        named.equals(Optional.of(digest)) && Arrays.equals(signature, own.content(own.next())),
        "algorithm-protection",
        "cmsAlgorithmProtection names other algorithms than are used");
  }

  private DerCursor present(String type, String rule, String name) throws SigningRefused, NotDer {
    Optional<DerCursor> value = attributes.single(type);
    require(value.isPresent(), rule, name + " is missing");
    return value.orElseThrow();
  }
}
