/**
 * Who is there: log-in by directory password (a form for pages, RFC 7617 Basic for the API), by
 * certificate (RFC 8446 §4.4.2) or passkey (WebAuthn Level 2), the session and its end, CSRF and
 * the security headers. In come credentials, out goes an {@link
 * de.kreissiegel.ca.access.Actor.Person} that controllers take as a parameter. What that person may
 * do is decided in ca-core; the two rules for whole areas here only ask there.
 */
@NullMarked
package de.kreissiegel.ra.security;

import org.jspecify.annotations.NullMarked;
