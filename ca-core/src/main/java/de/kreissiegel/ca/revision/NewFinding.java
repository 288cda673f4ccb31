package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.Office;
import java.util.OptionalInt;

/**
 * What a revisor wants to record.
 *
 * @param item with which item; empty for something at large
 * @param office which office has to answer for it
 * @param words what is wrong, 1 to 2000 characters
 */
public record NewFinding(
    OptionalInt item, Finding.Severity severity, Office office, String words) {}
