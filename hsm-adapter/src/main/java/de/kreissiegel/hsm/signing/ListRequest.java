package de.kreissiegel.hsm.signing;

import java.util.UUID;

/**
 * Sign this certificate revocation list, however long it is.
 *
 * @param id chosen by who asks; idempotent as in {@link SignRequest}
 * @param key the key to sign with
 * @param toBeSigned the DER of the TBSCertList (RFC 5280 §5.1)
 */
public record ListRequest(UUID id, KeyId key, ContentSource toBeSigned) {}
