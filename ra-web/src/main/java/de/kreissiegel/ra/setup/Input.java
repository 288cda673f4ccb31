package de.kreissiegel.ra.setup;

import java.util.List;

/**
 * One thing that is asked.
 *
 * @param name of its parameter; words for people stand under {@code setup.input.NAME}
 * @param kind how it is asked
 * @param rule what may stand in it
 * @param longest how many characters at most
 * @param required whether it can't be left empty
 * @param choices what can be chosen, the first unless said otherwise; empty where all can be typed
 */
record Input(
    String name, Kind kind, Rule rule, int longest, boolean required, List<String> choices) {
  private static final int LONGEST_PASSWORD = 1_024;

  /** How something is asked. */
  enum Kind {
    TEXT,
    PASSWORD,
    LINES,
    CHOICE,
    FILE
  }

  static Input text(String name, Rule rule, int longest) {
    return new Input(name, Kind.TEXT, rule, longest, true, List.of());
  }

  static Input optional(String name, Rule rule, int longest) {
    return new Input(name, Kind.TEXT, rule, longest, false, List.of());
  }

  static Input lines(String name, Rule rule, int longest, boolean required) {
    return new Input(name, Kind.LINES, rule, longest, required, List.of());
  }

  /** A password; what is kept of it is a file, and it is never shown again. */
  static Input password(String name) {
    return new Input(name, Kind.PASSWORD, Rule.ANY, LONGEST_PASSWORD, false, List.of());
  }

  /** Without choices here: they depend on other answers. */
  static Input choice(String name, String... choices) {
    return new Input(name, Kind.CHOICE, Rule.ANY, 64, true, List.of(choices));
  }

  static Input file(String name) {
    return new Input(name, Kind.FILE, Rule.ANY, 0, false, List.of());
  }
}
