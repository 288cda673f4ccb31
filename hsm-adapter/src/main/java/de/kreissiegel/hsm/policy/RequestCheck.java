package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;

/** Holds a CertificationRequestInfo against a key's rules (RFC 2986 §4.1). */
final class RequestCheck {
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
  private static final int ATTRIBUTES = 0xa0;

  private RequestCheck() {}

  static void check(RequestRules rules, KeyFacts key, byte[] octets) throws SigningRefused, NotDer {
    StrictDer.check(octets);
    DerCursor info = new DerCursor(octets).into(DerCursor.SEQUENCE, "CertificationRequestInfo");
    if (!TbsCertificate.integer(info, "version").equals(BigInteger.ZERO)) {
      throw new NotDer("only requests of version 1 are signed");
    }
    require(
        TbsCertificate.sequence(info, "subject").equals(rules.subject()),
        "subject",
        "the request names another subject than this key's");
    require(
        TbsCertificate.sequence(info, "subjectPKInfo").equals(key.publicKey()),
        "public-key",
        "the request is for another public key than this one");
    DerCursor attributes = info.into(ATTRIBUTES, "attributes");
    info.end();
    if (attributes.hasMore()) {
      attribute(rules, attributes);
    }
    require(
        !attributes.hasMore(), "attribute", "a request has one attribute, the extension request");
  }

  private static void attribute(RequestRules rules, DerCursor attributes)
      throws SigningRefused, NotDer {
    DerCursor attribute = attributes.into(DerCursor.SEQUENCE, "attribute");
    String type = SignedAttributes.identifier(attribute, "attribute's type");
    require(
        type.equals(EXTENSION_REQUEST), "attribute", "the attribute " + type + " is not allowed");
    DerCursor values = attribute.into(DerCursor.SET, "attribute's values");
    attribute.end();
    ExtensionList extensions = ExtensionList.read(values);
    values.end();
    extensions.checkValues();
    for (String extension : extensions.all().keySet()) {
      require(
          rules.extensions().contains(extension),
          "extension",
          "the extension " + extension + " may not be asked for");
    }
  }
}
