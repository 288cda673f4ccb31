package de.kreissiegel.hsm.policy;

/** A policy file can't be used; the message names file, line and remedy. */
public final class PolicyFault extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyFault(String file, int line, String sentence) {
    super("%s, line %d: %s".formatted(file, line, sentence));
  }
}
