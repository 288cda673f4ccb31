package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.SigningRefused;

/** Refuses in the name of a kind: {@code kind/rule: sentence}. */
record KindRefusal(String kind) {
  void require(boolean kept, String rule, String sentence) throws SigningRefused {
    if (!kept) {
      throw of(rule, sentence);
    }
  }

  SigningRefused of(String rule, String sentence) {
    return new SigningRefused(SigningRefused.Reason.POLICY, kind + "/" + rule + ": " + sentence);
  }
}
