/**
 * Somebody leaves a real OpenLDAP server, and a relying party asks OCSP: how long it takes in all,
 * through content synchronisation (RFC 4533), plan, revocation and the answer that is signed anew.
 */
@NullMarked
package de.kreissiegel.ra.peer.leaver;

import org.jspecify.annotations.NullMarked;
