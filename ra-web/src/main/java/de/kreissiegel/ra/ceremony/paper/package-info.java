/**
 * The ceremony's papers as PDF/A-3b (ISO 19005-3) that is tagged for PDF/UA-1 (ISO 14289-1). In
 * come texts, tables and codes, out go the octets of a document that prints in black on A4 and that
 * a reader for the blind reads in order.
 */
@NullMarked
package de.kreissiegel.ra.ceremony.paper;

import org.jspecify.annotations.NullMarked;
