/**
 * What runs on an officer's own machine, from a copy of the program that they trust: it shows the
 * statement that is signed, from the very octets, whatever the server's pages show. In come the
 * officer's key file and decision, out goes a signature over that statement (RFC 5652) to the REST
 * door.
 */
@NullMarked
package de.kreissiegel.ra.officer;

import org.jspecify.annotations.NullMarked;
