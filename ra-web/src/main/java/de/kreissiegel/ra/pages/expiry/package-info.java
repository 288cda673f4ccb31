/** What ends when, as a page and as a calendar for other programs (RFC 5545). Changes nothing. */
@NullMarked
package de.kreissiegel.ra.pages.expiry;

import org.jspecify.annotations.NullMarked;
