package de.kreissiegel.ra.pages.certificates;

import static de.kreissiegel.ca.x509.RevocationReason.AA_COMPROMISE;
import static de.kreissiegel.ca.x509.RevocationReason.AFFILIATION_CHANGED;
import static de.kreissiegel.ca.x509.RevocationReason.CA_COMPROMISE;
import static de.kreissiegel.ca.x509.RevocationReason.CERTIFICATE_HOLD;
import static de.kreissiegel.ca.x509.RevocationReason.CESSATION_OF_OPERATION;
import static de.kreissiegel.ca.x509.RevocationReason.KEY_COMPROMISE;
import static de.kreissiegel.ca.x509.RevocationReason.PRIVILEGE_WITHDRAWN;
import static de.kreissiegel.ca.x509.RevocationReason.SUPERSEDED;
import static de.kreissiegel.ca.x509.RevocationReason.UNSPECIFIED;

import de.kreissiegel.ca.x509.RevocationReason;
import java.util.List;

/** The reasons of RFC 5280 §5.3.1 that a form offers, the likeliest first. */
final class Reasons {
  private static final List<RevocationReason> HOLDERS =
      List.of(KEY_COMPROMISE, CERTIFICATE_HOLD, SUPERSEDED, CESSATION_OF_OPERATION);
  private static final List<RevocationReason> OFFICERS =
      List.of(
          KEY_COMPROMISE,
          CERTIFICATE_HOLD,
          AFFILIATION_CHANGED,
          SUPERSEDED,
          CESSATION_OF_OPERATION,
          PRIVILEGE_WITHDRAWN,
          UNSPECIFIED,
          CA_COMPROMISE,
          AA_COMPROMISE);

  private Reasons() {}

  /** What to choose from; who is on hold can't be held again. */
  static List<RevocationReason> offered(boolean officer, boolean onHold) {
    return (officer ? OFFICERS : HOLDERS)
        .stream().filter(reason -> !(onHold && reason == CERTIFICATE_HOLD)).toList();
  }
}
