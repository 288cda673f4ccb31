/**
 * How certificates and lists are written into a directory. In: what an entry shall hold, in the
 * words of the authority ({@link de.kreissiegel.ca.publication.Destination}). Out: modifications
 * (RFC 4511 §4.6) of {@code userCertificate} and {@code userSMIMECertificate} value by value, and
 * entries of authorities and their lists (RFC 4523). Front door: {@link
 * de.kreissiegel.ldap.publish.DirectoryWriter}.
 */
@NullMarked
package de.kreissiegel.ldap.publish;

import org.jspecify.annotations.NullMarked;
