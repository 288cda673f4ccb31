/**
 * The shared directory (RFC 4511), behind the ports of the authority. In: a server's address and an
 * account ({@link de.kreissiegel.ldap.DirectoryConfig}). Out: people, functions, devices and
 * tenants, log-ins, published certificates (RFC 4523), and reports of who left. Front door: {@link
 * de.kreissiegel.ldap.LdapDirectory}.
 *
 * <p>Everything goes through the UnboundID SDK: its pool finds a server that was restarted, and it
 * has the controls that paging and, later, content synchronisation need. Spring LDAP would put JNDI
 * beneath it and add nothing.
 */
@NullMarked
package de.kreissiegel.ldap;

import org.jspecify.annotations.NullMarked;
