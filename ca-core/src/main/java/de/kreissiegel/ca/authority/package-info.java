/**
 * The authorities: a name, a key in the vault, a certificate chain. {@link
 * de.kreissiegel.ca.authority.AuthorityLine} is an authority over time, {@link
 * de.kreissiegel.ca.authority.Authority} one generation of it; {@link
 * de.kreissiegel.ca.authority.AuthorityFiles} is how they lie on disk.
 */
package de.kreissiegel.ca.authority;
