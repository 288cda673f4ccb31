/**
 * The walkthrough: the main job played against a running demo, as a client among clients. What it
 * knows comes from {@code demo-credentials.txt} and the two trust anchors; everything else it
 * learns through the public doors: REST, LDAP, and OCSP (RFC 6960), CRL and AIA (RFC 5280) at the
 * addresses inside the certificate. Out goes one line a step with what was seen; the first surprise
 * ends it.
 *
 * <p>The front door is {@link de.kreissiegel.ra.walkthrough.WalkthroughCommand}. An act ({@code
 * …Act}) is a few steps of the story; the rest are the tools that the acts use.
 */
@NullMarked
package de.kreissiegel.ra.walkthrough;

import org.jspecify.annotations.NullMarked;
