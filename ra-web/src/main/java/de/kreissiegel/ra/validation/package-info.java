/**
 * The door for those who rely on certificates: OCSP (RFC 6960 appendix A, RFC 5019), CRLs and the
 * authorities' certificates (RFC 5280 §4.2.1.13, §4.2.2.1; RFC 2585) over plain HTTP, on a port,
 * threads and a server of its own, with no Spring on the way. In come short requests from anybody,
 * out go signed octets. {@link de.kreissiegel.ra.validation.ValidationServer} is the way in; the
 * event loop gives what is ready, what may block runs on virtual threads.
 */
@NullMarked
package de.kreissiegel.ra.validation;

import org.jspecify.annotations.NullMarked;
