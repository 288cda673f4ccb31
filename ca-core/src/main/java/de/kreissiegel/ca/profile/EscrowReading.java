package de.kreissiegel.ca.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads whether copies of a profile's keys may be escrowed: with a reason, or not at all. */
final class EscrowReading {
  private static final int LONGEST = 300;

  private EscrowReading() {}

  /** The reason by language; none where escrow isn't allowed. */
  static Map<String, String> read(Reading reading) {
    Optional<Boolean> allowed =
        reading.optional("escrow", EscrowReading::allowed, "Write allowed, or leave it out.");
    Map<String, String> reasons = new HashMap<>();
    for (String language : new String[] {"de", "en"}) {
      String key = "escrow-reason." + language;
      Optional<String> reason =
          reading.optional(key, EscrowReading::reason, "Write why, in 1 to 300 characters.");
      reading.check(
          allowed.isPresent() == reason.isPresent(),
          allowed.isPresent() ? key : "escrow",
          "escrow is allowed with a reason in both languages, or not at all",
          "Write all three, or none.");
      reason.ifPresent(words -> reasons.put(language, words));
    }
    return allowed.isPresent() ? Map.copyOf(reasons) : Map.of();
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
