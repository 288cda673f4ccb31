/**
 * What is said of certificates to those who rely on them. In come an OCSP request (RFC 6960, RFC
 * 9654, RFC 5019) or an authority's name, out go an OCSP response, signed by the authority's own
 * responder key, or its newest CRL (RFC 5280 §5). OCSP answers are signed ahead and kept; every
 * node hears of new ones through the database. That somebody has asked about a certificate is
 * noted, never who. Front doors: {@link de.kreissiegel.ca.status.OcspService} for OCSP, {@link
 * de.kreissiegel.ca.status.CrlIssuer} to make lists, {@link de.kreissiegel.ca.status.CrlShelf} to
 * fetch them.
 */
package de.kreissiegel.ca.status;
