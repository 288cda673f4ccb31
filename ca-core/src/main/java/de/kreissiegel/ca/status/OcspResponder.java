package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/** Answers OCSP requests (RFC 6960), nonce (RFC 9654) and several certificates in one included. */
public final class OcspResponder {
  /**
   * The answer to a request.
   *
   * @param request an OCSPRequest, DER, as it came; whatever it is, an answer comes back
   */
  public Answer respond(byte[] request) {
    throw new UnsupportedOperationException();
  }

  /**
   * An OCSPResponse.
   *
   * @param encoded DER; errors are responses, too (malformedRequest, tryLater, …)
   * @param cacheableUntil until when a cache may repeat it; empty if never (nonce, error)
   */
  public record Answer(Bytes encoded, Optional<Instant> cacheableUntil) {}
}
