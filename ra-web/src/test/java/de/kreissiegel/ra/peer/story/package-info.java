/**
 * The main story in a real browser against a real demo: signer, directory, database and web as
 * processes of their own. The openssl command line judges the certificate (RFC 5280, RFC 6960, RFC
 * 7292), OpenLDAP's tools read and change the directory (RFC 4511). Pictures of every page are left
 * in {@code target/screenshots}, wide and narrow.
 */
@NullMarked
package de.kreissiegel.ra.peer.story;

import org.jspecify.annotations.NullMarked;
