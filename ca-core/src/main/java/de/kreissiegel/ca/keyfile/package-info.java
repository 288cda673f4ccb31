/**
 * Files with private keys for people: keys and certificates go in, with a password from here; one
 * PKCS#12 file (RFC 7292) comes out.
 */
package de.kreissiegel.ca.keyfile;
