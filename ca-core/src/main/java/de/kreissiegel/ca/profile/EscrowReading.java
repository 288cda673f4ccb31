package de.kreissiegel.ca.profile;

import java.util.Optional;

/** Reads whether copies of a profile's keys may be escrowed: with a reason, or not at all. */
final class EscrowReading {
  private static final int LONGEST = 300;

  private EscrowReading() {}

  static Optional<String> read(Reading reading) {
    Optional<Boolean> allowed =
        reading.optional("escrow", EscrowReading::allowed, "Write allowed, or leave it out.");
    Optional<String> reason =
        reading.optional(
            "escrow-reason", EscrowReading::reason, "Write why, in 1 to 300 characters.");
    reading.check(
        allowed.isPresent() == reason.isPresent(),
        allowed.isPresent() ? "escrow-reason" : "escrow",
        "escrow is allowed with a reason, or not at all",
        "Write both, or neither.");
    return allowed.isPresent() ? reason : Optional.empty();
  }

  private static boolean allowed(String text) {
    if (!text.equals("allowed")) {
      throw new IllegalArgumentException();
    }
    return true;
  }

  private static String reason(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException();
    }
    return text.strip();
  }
}
