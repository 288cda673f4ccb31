/**
 * Keys on smart cards and tokens. A browser can't make one there, so a person runs a file on their
 * computer: one that has the platform's own tools make the key and a request (RFC 2986), and, once
 * there is a certificate, one that puts it beside the key. In go an offer or a certificate, out
 * come the files ({@code resources/cards} holds their texts). Tokens are named by RFC 7512.
 */
@NullMarked
package de.kreissiegel.ra.pages.cards;

import org.jspecify.annotations.NullMarked;
