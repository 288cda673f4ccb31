/**
 * Lists of people or devices. In comes a file (RFC 4180) or a group of the directory; out goes what
 * would be done with each row, how far it is, and a report.
 */
@NullMarked
package de.kreissiegel.ra.pages.bulk;

import org.jspecify.annotations.NullMarked;
