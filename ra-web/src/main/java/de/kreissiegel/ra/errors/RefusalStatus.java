package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.RefusalReason;
import org.springframework.http.HttpStatus;

/** The API's codes for refusals: a new reason doesn't compile until it has one. */
final class RefusalStatus {
  private RefusalStatus() {}

  static HttpStatus of(RefusalReason reason) {
    return switch (reason) {
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case NOT_AUTHORIZED, OWN_APPLICATION, STALE_PROOF -> HttpStatus.FORBIDDEN;
      case SAME_OFFICER,
          OWN_DEED,
          REVIEW_UNFINISHED,
          SIGNATURE_ENDED,
          WRONG_STATE,
          KEY_IN_USE,
          DUPLICATE,
          SAME_LIST,
          TERMS_NOT_ACCEPTED,
          TERMS_CHANGED ->
          HttpStatus.CONFLICT;
      case BAD_DATA_FORMAT, REASON_MISSING, TEXT_MISSING, APPROVAL_UNSIGNED, CHECK_MISSING ->
          HttpStatus.BAD_REQUEST;
      case BAD_POP,
          BAD_ALG,
          UNKNOWN_PROFILE,
          BAD_CERT_TEMPLATE,
          SUBJECT_INCOMPLETE,
          SUBJECT_DISABLED,
          LINT,
          APPROVAL_INVALID,
          CALLER_NOT_PROVEN,
          WRONG_CODE,
          ESCROW_OFF,
          REFUSED_BY_VAULT ->
          HttpStatus.UNPROCESSABLE_CONTENT;
      case DIRECTORY_UNAVAILABLE, SIGNER_UNAVAILABLE, AUTHORITY_ENDING, AUTHORITY_STOPPED ->
          HttpStatus.SERVICE_UNAVAILABLE;
    };
  }
}
