package de.kreissiegel.ra.setup;

/**
 * Something that is wrong with an answer.
 *
 * @param input of which; empty for the step as a whole
 * @param code its words stand under {@code setup.fault.CODE}
 * @param detail what those words name; may be empty
 */
record Fault(String input, String code, String detail) {
  static Fault of(String input, String code) {
    return new Fault(input, code, "");
  }
}
