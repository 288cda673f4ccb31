package de.kreissiegel.ca.reads;

import java.time.Instant;

/**
 * How often somebody looked.
 *
 * @param reader as the audit trail names them
 * @param name the last that they had; empty if it was erased
 * @param single how often they looked at one certificate, application or person
 * @param lists how many pages of lists they got
 * @param last when they looked last
 */
public record ReaderCount(String reader, String name, long single, long lists, Instant last) {}
