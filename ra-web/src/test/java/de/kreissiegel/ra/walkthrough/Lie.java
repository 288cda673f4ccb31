package de.kreissiegel.ra.walkthrough;

/** What a demo could do wrong, and the words by which the walkthrough has to find it. */
enum Lie {
  SHOWS_IT_TO_STRANGERS("status 404"),
  LETS_THE_AUDITOR_APPROVE("status 403"),
  LETS_THE_AUDITOR_REVOKE("status 403"),
  TAKES_A_YES_WITHOUT_SIGNATURE("status 400"),
  CERTIFIES_ANOTHER_KEY("for the key made here"),
  HANDS_OUT_ANOTHER_ISSUER("the issuer's certificate"),
  OLD_LIST("still fresh"),
  LIST_SIGNED_BY_ANOTHER("a CRL signed by its issuer"),
  REPLAYS_A_NONCE("our nonce"),
  NO_NONCE("the nonce"),
  UNAUTHORISED_RESPONDER("OCSPSigning"),
  SELF_MADE_RESPONDER("a signature by"),
  SILENT_REFUSAL("the reason"),
  LETS_THE_DISABLED_IN("status 401"),
  FORGETS_THE_APPROVAL("request.approved");

  private final String words;

  Lie(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
