package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;

/** Holds an OCSP ResponseData against a key's rules. */
final class OcspCheck {
  private OcspCheck() {}

  static void check(OcspRules rules, KeyFacts key, OcspAnswer answer, Instant now)
      throws SigningRefused {
    require(
        answer.responderName().equals(rules.responderName()) && answer.responderName().isPresent()
            || answer.responderKeyHash().filter(key.keyHash()::equals).isPresent(),
        "responder-id",
        "the answer names another responder than this key");
    require(
        near(answer.producedAt(), now, rules.clockTolerance()),
        "produced-at",
        "producedAt is more than " + rules.clockTolerance() + " from the vault's clock");
    for (OcspAnswer.Single single : answer.singles()) {
      require(
          !single.thisUpdate().isAfter(now.plus(rules.clockTolerance())),
          "this-update",
          "thisUpdate lies in the future");
      if (single.nextUpdate().isPresent()) {
        Instant next = single.nextUpdate().get();
        require(!next.isBefore(single.thisUpdate()), "validity", "nextUpdate is before thisUpdate");
        require(
            Duration.between(now, next).compareTo(rules.longestValidity()) <= 0,
            "longest-validity",
            "nextUpdate is more than " + rules.longestValidity() + " away");
      }
    }
  }

  private static boolean near(Instant time, Instant now, Duration tolerance) {
    return Duration.between(time, now).abs().compareTo(tolerance) <= 0;
  }
}
