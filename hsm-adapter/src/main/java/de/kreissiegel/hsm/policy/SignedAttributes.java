package de.kreissiegel.hsm.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * The signed attributes of a CMS SignerInfo (RFC 5652 §5.3), each type once. They are signed as a
 * SET OF (§5.4): their first octet is 0x31, where every other structure that a key signs begins
 * with 0x30 or with a letter, so that none can be taken for another.
 *
 * @param values by object identifier in dotted form, the content of {@code attrValues}
 */
record SignedAttributes(Map<String, byte[]> values) {
  static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
  static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
  static final String SIGNING_TIME = "1.2.840.113549.1.9.5";
  static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
  static final String ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
  private static final int MOST = 32;

  /** Reads {@code SET OF Attribute}, which is strict DER already. */
  static SignedAttributes read(DerCursor set) throws NotDer {
    Map<String, byte[]> values = new HashMap<>();
    while (set.hasMore()) {
      DerCursor attribute = set.into(DerCursor.SEQUENCE, "attribute");
      String type = identifier(attribute, "attribute's type");
      DerCursor.Value value = attribute.next(DerCursor.SET, "attribute's values");
      attribute.end();
      if (value.length() == 0) {
        throw new NotDer("the attribute " + type + " has no value");
      }
      if (values.put(type, attribute.content(value)) != null) {
        throw new NotDer("the attribute " + type + " stands twice");
      }
      if (values.size() > MOST) {
        throw new NotDer("more than " + MOST + " attributes");
      }
    }
    if (values.isEmpty()) {
      throw new NotDer("no signed attributes");
    }
    return new SignedAttributes(Map.copyOf(values));
  }

  /** On the one value of an attribute, if that is there. */
  Optional<DerCursor> single(String type) throws NotDer {
    byte[] value = values.get(type);
    if (value == null) {
      return Optional.empty();
    }
    DerCursor count = new DerCursor(value);
    count.next();
    if (count.hasMore()) {
      throw new NotDer("the attribute " + type + " has more than one value");
    }
    return Optional.of(new DerCursor(value));
  }

  /** An object identifier in dotted form. */
  static String identifier(DerCursor cursor, String what) throws NotDer {
    DerCursor.Value value = cursor.next(DerCursor.OBJECT_IDENTIFIER, what);
    try {
      return ASN1ObjectIdentifier.getInstance(cursor.whole(value)).getId();
    } catch (IllegalArgumentException _) {
      throw new NotDer("an object identifier that can't be read");
    }
  }
}
