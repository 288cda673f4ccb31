package de.kreissiegel.ra.walkthrough;

import java.util.Optional;
import java.util.Set;

/**
 * An application as the API shows it.
 *
 * @param id its id
 * @param state as {@code awaitingApproval}
 * @param profile of which kind
 * @param subjectName whom the certificate shall name, as the directory calls it
 * @param subjectMail that one's mail address, if the directory has one
 * @param refusedBecause the officer's words, if it was refused
 * @param authority who issued the certificate, if there is one
 * @param serial the certificate's serial number in hexadecimal, if there is one
 */
record Application(
    String id,
    String state,
    String profile,
    String subjectName,
    Optional<String> subjectMail,
    Optional<String> refusedBecause,
    Optional<String> authority,
    Optional<String> serial) {
  static final String AWAITING_APPROVAL = "awaitingApproval";
  static final String ISSUED = "issued";
  static final String REFUSED = "refused";
  static final String WITHDRAWN = "withdrawn";
  static final String EXPIRED = "expired";

  private static final Set<String> CAN_BE_WITHDRAWN = Set.of("submitted", AWAITING_APPROVAL);

  static Application read(Json json) throws Surprise {
    var subject = json.inner("subject");
    var certificate = json.findInner("certificate");
    return new Application(
        json.text("id"),
        json.text("state"),
        json.text("profile"),
        subject.text("name"),
        subject.find("mail"),
        json.findInner("end").flatMap(end -> end.find("reason")),
        certificate.flatMap(one -> one.find("authority")),
        certificate.flatMap(one -> one.find("serial")));
  }

  boolean canBeWithdrawn() {
    return CAN_BE_WITHDRAWN.contains(state);
  }

  /** Whether it came to an end without a certificate. */
  boolean isOver() {
    return Set.of(REFUSED, WITHDRAWN, EXPIRED).contains(state);
  }

  boolean is(String name) {
    return state.equals(name);
  }

  /** Its address below {@code /api/v1}. */
  static String path(String id) {
    return "/requests/" + id;
  }
}
