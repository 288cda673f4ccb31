package de.kreissiegel.ca.lint;

import java.io.Serial;

/** The octets are not what they should be. */
final class Malformed extends Exception {
  @Serial private static final long serialVersionUID = 1;

  Malformed(String what) {
    super(what, null, false, false); // thrown often on hostile octets; nobody reads its stack
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
