package de.kreissiegel.ca.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * A distinguished name as read.
 *
 * @param encoded DER
 * @param attributes in order
 * @param multiValued whether an RDN holds more than one attribute
 */
record ReadName(byte[] encoded, List<Attribute> attributes, boolean multiValued) {

  /**
   * An attribute.
   *
   * @param type in dotted form
   * @param tag of its string
   * @param text what it says
   */
  record Attribute(String type, int tag, String text) {
    boolean is(String other) {
      return type.equals(other);
    }
  }

  static ReadName of(Der name) throws Malformed {
    List<Attribute> attributes = new ArrayList<>(6);
    boolean multiValued = false;
    for (Der rdn : name.children(Der.SEQUENCE)) {
      List<Der> parts = rdn.children(Der.SET);
      if (parts.isEmpty()) {
        throw new Malformed("an empty RelativeDistinguishedName");
      }
      multiValued |= parts.size() > 1;
      for (Der part : parts) {
        Der type = part.as(Der.SEQUENCE).child(0);
        Der value = part.child(1);
        attributes.add(new Attribute(type.oid(), value.tag(), value.text()));
      }
    }
    return new ReadName(name.encoded(), attributes, multiValued);
  }

  boolean isEmpty() {
    return attributes.isEmpty();
  }

  /** The values of this type. */
  List<String> all(String type) {
    List<String> texts = new ArrayList<>(1);
    for (Attribute attribute : attributes) {
      if (attribute.is(type)) {
        texts.add(attribute.text());
      }
    }
    return texts;
  }

  /** The first commonName, or nothing. */
  String commonName() {
    for (Attribute attribute : attributes) {
      if (attribute.is(Oids.CN)) {
        return attribute.text();
      }
    }
    return "";
  }
}
