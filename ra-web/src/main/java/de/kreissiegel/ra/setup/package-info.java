/**
 * The first start: a small web application of its own that asks whoever sets an installation up,
 * step by step, and writes what {@code ceremony init} and {@code start} read. In come a one-time
 * code that only the console shows, and answers; out come {@code kreissiegel.yaml}, the ceremony's
 * plan, password files and the ceremony's checklist, all in the data directory. Nothing else of the
 * house runs meanwhile: no database, no directory, no desk; those that are named are tried.
 */
@NullMarked
package de.kreissiegel.ra.setup;

import org.jspecify.annotations.NullMarked;
