package de.kreissiegel.ra.walkthrough;

import java.util.List;

/** CRLReason (RFC 5280 §5.3.1) by number, as a relying party reads it. */
final class ReasonNames {
  private static final List<String> NAMES =
      List.of(
          "unspecified",
          "keyCompromise",
          "cACompromise",
          "affiliationChanged",
          "superseded",
          "cessationOfOperation",
          "certificateHold",
          "7",
          "removeFromCRL",
          "privilegeWithdrawn",
          "aACompromise");

  private ReasonNames() {}

  static String of(int code) {
    return code >= 0 && code < NAMES.size() ? NAMES.get(code) : String.valueOf(code);
  }
}
