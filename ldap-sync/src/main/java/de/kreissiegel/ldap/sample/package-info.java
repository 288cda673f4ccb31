/**
 * The sample district: the real administrations of the Landkreis Haßberge with invented people. In:
 * passwords. Out: an LDIF (RFC 2849), byte for byte the same each time, of standard classes only
 * (RFC 4519, RFC 4524, RFC 2798), which any LDAP server takes; and the people the story is told
 * with. Every domain in it ends in {@code .example} (RFC 2606).
 */
@NullMarked
package de.kreissiegel.ldap.sample;

import org.jspecify.annotations.NullMarked;
