/**
 * Words of RFC 5280 that the rest of the authority speaks; Bouncy Castle's types stay inside
 * methods.
 */
package de.kreissiegel.ca.x509;
