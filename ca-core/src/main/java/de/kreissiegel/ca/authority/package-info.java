/** The authorities: a name, a key in the vault, a certificate chain. */
package de.kreissiegel.ca.authority;
