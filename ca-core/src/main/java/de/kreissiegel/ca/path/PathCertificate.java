package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;

/**
 * A certificate of a path, as one tells of it.
 *
 * @param encoded DER
 * @param subject its subject, as RFC 4514 writes names; control characters are escaped
 * @param serial its serial number, hexadecimal
 */
public record PathCertificate(Bytes encoded, String subject, String serial) {}
