package de.kreissiegel.hsm.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A distinguished name (RFC 5280 §4.1.2.4), read once.
 *
 * @param multiValued whether an RDN has more than one attribute
 */
record SubjectName(List<Attribute> attributes, boolean multiValued) {
  static final int UTF8_STRING = 0x0c;
  static final int PRINTABLE_STRING = 0x13;
  static final int IA5_STRING = 0x16;

  /**
   * One attribute.
   *
   * @param type its object identifier in dotted form
   * @param tag its value's type
   * @param value its text; empty if it is neither a UTF8String, a PrintableString nor an IA5String
   */
  record Attribute(String type, int tag, Optional<String> value) {}

  static SubjectName read(byte[] name) throws NotDer {
    DerCursor sets = new DerCursor(name).into(DerCursor.SEQUENCE, "subject");
    List<Attribute> attributes = new ArrayList<>(6);
    boolean multiValued = false;
    while (sets.hasMore()) {
      DerCursor set = sets.into(DerCursor.SET, "RDN");
      if (!set.hasMore()) {
        throw new NotDer("an empty RDN");
      }
      attributes.add(attribute(set));
      while (set.hasMore()) {
        multiValued = true;
        attributes.add(attribute(set));
      }
    }
    return new SubjectName(List.copyOf(attributes), multiValued);
  }

  private static Attribute attribute(DerCursor set) throws NotDer {
    DerCursor pair = set.into(DerCursor.SEQUENCE, "attribute");
    String type = ObjectIdentifiers.next(pair, "attribute's type");
    DerCursor.Value value = pair.next();
    pair.end();
    Optional<String> text =
        switch (value.tag()) {
          case UTF8_STRING, PRINTABLE_STRING, IA5_STRING ->
              Optional.of(new String(pair.content(value), StandardCharsets.UTF_8));
          default -> Optional.empty();
        };
    return new Attribute(type, value.tag(), text);
  }

  /** The value of the only attribute of that type. */
  Optional<String> only(String type) {
    Optional<String> found = Optional.empty();
    int count = 0;
    for (Attribute attribute : attributes) {
      if (attribute.type().equals(type)) {
        found = attribute.value();
        count++;
      }
    }
    return count == 1 ? found : Optional.empty();
  }
}
