package de.kreissiegel.hsm.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The extensions of a certificate, a CRL or an OCSP answer (RFC 5280 §4.1.2.9), each once.
 *
 * @param all by object identifier in dotted form
 */
record ExtensionList(Map<String, One> all) {
  static final String CRL_NUMBER = "2.5.29.20";
  static final String DISTRIBUTION_POINT = "2.5.29.28";

  /** An extension's flag and the DER in its OCTET STRING. */
  record One(boolean critical, byte[] value) {}

  static ExtensionList none() {
    return new ExtensionList(Map.of());
  }

  Optional<One> find(String identifier) {
    return Optional.ofNullable(all.get(identifier));
  }

  /** Reads {@code Extensions} from a cursor that stands on the SEQUENCE. */
  static ExtensionList read(DerCursor cursor) throws NotDer {
    Map<String, One> found = new HashMap<>();
    DerCursor list = cursor.into(DerCursor.SEQUENCE, "extensions");
    if (!list.hasMore()) {
      throw new NotDer("an empty list of extensions");
    }
    while (list.hasMore()) {
      DerCursor one = list.into(DerCursor.SEQUENCE, "extension");
      String identifier = ObjectIdentifiers.next(one, "extension's identifier");
      boolean critical = false;
      if (one.peek() == DerCursor.BOOLEAN) {
        critical = one.content(one.next())[0] != 0;
        if (!critical) {
          throw new NotDer("critical FALSE is the default and must not be written");
        }
      }
      byte[] value = one.content(one.next(DerCursor.OCTET_STRING, "extension's value"));
      one.end();
      if (found.put(identifier, new One(critical, value)) != null) {
        throw new NotDer("the extension " + identifier + " stands twice");
      }
    }
    return new ExtensionList(Map.copyOf(found));
  }

  /** Each value must itself be one strict DER value. */
  void checkValues() throws NotDer {
    for (Map.Entry<String, One> extension : all.entrySet()) {
      try {
        StrictDer.check(extension.getValue().value());
      } catch (NotDer not) {
        throw new NotDer("extension %s: %s".formatted(extension.getKey(), not.getMessage()));
      }
    }
  }
}
