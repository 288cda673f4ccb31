package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.SigningRefused;

/** Refuses evidence that doesn't hold, by the rule's name. */
final class Refusal {
  private Refusal() {}

  static void require(boolean kept, String rule, String sentence) throws SigningRefused {
    if (!kept) {
      throw of(rule, sentence);
    }
  }

  static SigningRefused of(String rule, String sentence) {
    return new SigningRefused(SigningRefused.Reason.POLICY, rule + ": " + sentence);
  }
}
