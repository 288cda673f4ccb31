/** What OCSP (RFC 6960) and CRLs (RFC 5280 §5) say of certificates. */
package de.kreissiegel.ca.status;
