/**
 * How letters look and travel: text and HTML from templates, signed as S/MIME (RFC 8551), to the
 * district's SMTP server. In comes a {@link de.kreissiegel.ca.letter.Letter}; what came of it is
 * told by {@link de.kreissiegel.ca.letter.Courier}'s exceptions.
 */
@NullMarked
package de.kreissiegel.ra.mail;

import org.jspecify.annotations.NullMarked;
