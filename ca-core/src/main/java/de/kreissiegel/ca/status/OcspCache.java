package de.kreissiegel.ca.status;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that were signed for one certificate and without a nonce. It saves signatures, not
 * questions: who takes an answer from here has just read the certificate's status.
 */
final class OcspCache {
  private static final int KEPT_AT_MOST = 10_000;

  private final Map<Bytes, Kept> byCertId =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Kept> eldest) {
          return size() > KEPT_AT_MOST;
        }
      };

  /**
   * A signed answer.
   *
   * @param status the status that it tells
   * @param responder the certificate that came with it
   */
  record Kept(CertificateStatus status, Bytes responder, OcspResponder.Answer answer) {}

  /** The answer for this certificate, if it tells this status under this responder. */
  synchronized Optional<OcspResponder.Answer> find(
      Bytes certId, CertificateStatus status, Bytes responder) {
    Kept kept = byCertId.get(certId);
    return kept != null && kept.status().equals(status) && kept.responder().equals(responder)
        ? Optional.of(kept.answer())
        : Optional.empty();
  }

  synchronized void keep(Bytes certId, Kept kept) {
    byCertId.put(certId, kept);
  }
}
