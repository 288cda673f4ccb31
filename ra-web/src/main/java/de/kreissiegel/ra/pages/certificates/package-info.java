/**
 * Search among certificates, one certificate in detail (RFC 5280), its downloads (PEM by RFC 7468,
 * DER), its revocation, hold and release. The same page serves holders, officers and auditors; each
 * sees what the desks of ca-core let them.
 */
@NullMarked
package de.kreissiegel.ra.pages.certificates;

import org.jspecify.annotations.NullMarked;
