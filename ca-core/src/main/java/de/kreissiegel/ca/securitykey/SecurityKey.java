package de.kreissiegel.ca.securitykey;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;

/**
 * A passkey by which its holder may approve.
 *
 * @param credential the passkey's id
 * @param holder whose it is
 * @param registration the CMS SignedData by which the officer said that it is theirs
 * @param certificate SHA-256 of the officer's certificate that signed it; when that one is no
 *     longer good, nor is this
 * @param since when it was registered
 */
public record SecurityKey(
    Bytes credential, SubjectId holder, Bytes registration, Bytes certificate, Instant since) {}
