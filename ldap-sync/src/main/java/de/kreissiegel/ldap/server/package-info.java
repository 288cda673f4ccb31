/**
 * A directory's servers (RFC 4511) and the connections to them. In: addresses, an account, anchors
 * ({@link de.kreissiegel.ldap.server.ServerConfig}). Out: searches and changes whose answers are
 * whole, or an error ({@link de.kreissiegel.ldap.server.Connections}).
 */
@NullMarked
package de.kreissiegel.ldap.server;

import org.jspecify.annotations.NullMarked;
