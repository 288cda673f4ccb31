/**
 * The pages of everybody: what I have, what I asked for, how I ask for more and take it with me. In
 * comes the applicant's choice and a PKCS#10 request (RFC 2986), out goes an application to the
 * registration desk and a page that tells how it stands.
 */
@NullMarked
package de.kreissiegel.ra.pages.staff;

import org.jspecify.annotations.NullMarked;
