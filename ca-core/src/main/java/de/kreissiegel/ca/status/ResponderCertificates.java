package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/** Where the OCSP responder finds the certificates of its keys. Asked for each answer. */
@FunctionalInterface
public interface ResponderCertificates {
  /**
   * The certificate to send with answers for this authority: issued by it, with {@code
   * id-kp-OCSPSigning}, valid now, for the key {@code Authority.ocspKey()} (RFC 6960 §4.2.2.2).
   * Empty if there is none; clients are then told to try later.
   */
  Optional<Bytes> current(AuthorityName authority);
}
