/**
 * The registration desk: every door brings its applications here, officers decide on them here. In
 * comes a {@link de.kreissiegel.ca.registration.CertificateApplication}; what is kept is a {@link
 * de.kreissiegel.ca.registration.CertificateRequest}, whose states are types.
 */
package de.kreissiegel.ca.registration;
