package de.kreissiegel.ca.lint;

import java.util.Optional;

/**
 * An Extension as read (RFC 5280 §4.2).
 *
 * @param type in dotted form
 * @param critical whether it is
 * @param saysDefault whether FALSE, the default of critical, is written out, which DER forbids
 * @param parsed the content of extnValue, if it is a value in DER
 */
record ReadExtension(String type, boolean critical, boolean saysDefault, Optional<Der> parsed) {

  static ReadExtension of(Der extension) throws Malformed {
    int parts = extension.children(Der.SEQUENCE).size();
    if (parts < 2 || parts > 3) {
      throw new Malformed("an Extension of " + parts + " parts");
    }
    boolean critical = parts == 3 && extension.child(1).as(Der.BOOLEAN).octet(0) != 0;
    Der value = extension.child(parts - 1).as(Der.OCTET_STRING);
    Optional<Der> parsed;
    try {
      parsed = Optional.of(value.inner());
    } catch (Malformed _) {
      parsed = Optional.empty();
    }
    return new ReadExtension(extension.child(0).oid(), critical, parts == 3 && !critical, parsed);
  }
}
