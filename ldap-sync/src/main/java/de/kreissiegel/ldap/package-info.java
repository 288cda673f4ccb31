/**
 * The district's directories (RFC 4511), behind the ports of the authority. In: servers and an
 * account for each ({@link de.kreissiegel.ldap.DirectoryConfig}). Out: people, functions, devices
 * and tenants, log-ins, published certificates (RFC 4523), and what changes. Front door: {@link
 * de.kreissiegel.ldap.Directories}, over a {@link de.kreissiegel.ldap.LdapDirectory} each.
 *
 * <p>Everything goes through the UnboundID SDK: its pool finds a server that was restarted, and it
 * has the controls of paging, content synchronisation and DirSync. Spring LDAP would put JNDI
 * beneath it and add nothing.
 */
@NullMarked
package de.kreissiegel.ldap;

import org.jspecify.annotations.NullMarked;
