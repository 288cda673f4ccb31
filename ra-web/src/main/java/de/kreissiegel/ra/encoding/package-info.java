/**
 * Certificates and requests as people's tools write and read them: PEM (RFC 7468), DER, PKCS#7 (RFC
 * 5652, certs-only). In comes text or a stored certificate, out go octets with their media type and
 * file name. Pages and API share it.
 */
@NullMarked
package de.kreissiegel.ra.encoding;

import org.jspecify.annotations.NullMarked;
