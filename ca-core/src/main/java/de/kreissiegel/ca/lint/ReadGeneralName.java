package de.kreissiegel.ca.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * A GeneralName as read (RFC 5280 §4.2.1.6).
 *
 * @param form the number of its tag
 * @param type of an otherName in dotted form, else empty
 * @param tag of an otherName's value, else that of the name itself
 * @param text what it says, if it is text
 * @param length octets of its content
 */
record ReadGeneralName(int form, String type, int tag, String text, int length) {
  static final int OTHER = 0;
  static final int MAIL = 1;
  static final int DNS = 2;
  static final int DIRECTORY = 4;
  static final int URI = 6;
  static final int IP = 7;
  static final int REGISTERED_ID = 8;

  /** GeneralNames, whatever tag it goes under. */
  static List<ReadGeneralName> all(Der names) throws Malformed {
    List<ReadGeneralName> all = new ArrayList<>(names.children().size());
    for (Der name : names.children()) {
      all.add(of(name));
    }
    return all;
  }

  static ReadGeneralName of(Der name) throws Malformed {
    int form = name.contextTag();
    if (form < 0 || form > REGISTERED_ID) {
      throw new Malformed("a GeneralName of no known form");
    }
    boolean constructed = (name.tag() & 0x20) != 0;
    if (constructed != (form == OTHER || form >= 3 && form <= 5)) {
      throw new Malformed("a GeneralName in the wrong form");
    }
    if (form == OTHER) {
      Der value = name.child(1).child(0);
      return new ReadGeneralName(
          form, name.child(0).oid(), value.tag(), value.text(), value.length());
    }
    if (form == DIRECTORY) {
      ReadName.of(name.child(0));
    }
    return new ReadGeneralName(form, "", name.tag(), constructed ? "" : name.text(), name.length());
  }
}
