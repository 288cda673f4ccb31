/**
 * Which language an answer has: on pages German, or what a cookie says; in the API what {@code
 * Accept-Language} (RFC 9110 §12.5.4) asks for, else German.
 */
@NullMarked
package de.kreissiegel.ra.language;

import org.jspecify.annotations.NullMarked;
