package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/** The answers that say nothing of a certificate (RFC 6960 §4.2.1). They are not signed. */
enum OcspError {
  MALFORMED_REQUEST(1),
  INTERNAL_ERROR(2),
  TRY_LATER(3),
  UNAUTHORIZED(6);

  private final OcspResponder.Answer answer;

  OcspError(int status) {
    // SEQUENCE { ENUMERATED status }
    byte[] encoded = {0x30, 0x03, 0x0a, 0x01, (byte) status};
    answer = new OcspResponder.Answer(Bytes.of(encoded), Optional.empty());
  }

  OcspResponder.Answer answer() {
    return answer;
  }
}
