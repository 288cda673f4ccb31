package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.SigningRefused;

/** Refuses what breaks a rule, by the rule's name. */
final class Rules {
  private Rules() {}

  static void require(boolean kept, String rule, String sentence) throws SigningRefused {
    if (!kept) {
      throw new SigningRefused(SigningRefused.Reason.POLICY, rule + ": " + sentence);
    }
  }
}
