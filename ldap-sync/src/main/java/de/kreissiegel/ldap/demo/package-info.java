/**
 * The demo's directory server: the sample district behind LDAP (RFC 4511) on a loopback port, kept
 * on disk. In: a folder and a port. Out: a server that any LDAP client can use, whose every write
 * is synced to disk before it is answered. Front doors: {@link
 * de.kreissiegel.ldap.demo.DemoDirectory} and its process. Not for a real installation.
 */
@NullMarked
package de.kreissiegel.ldap.demo;

import org.jspecify.annotations.NullMarked;
