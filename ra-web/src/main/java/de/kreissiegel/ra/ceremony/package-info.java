/**
 * The lead-through of ceremonies: making a hierarchy, renewing its root's CRL, making, backing up,
 * restoring and destroying keys, certificates from an external superior. In come a plan, the people
 * who are there and what they answer ({@link de.kreissiegel.ra.ceremony.Dialogue}); out come files
 * that everybody reads, and a record that the ceremony's key has signed, with the same on paper.
 *
 * <p>Nothing is done before two of the people present have confirmed it; whoever answers {@code
 * abbruch} ends the ceremony, and what it had begun is taken away.
 */
@NullMarked
package de.kreissiegel.ra.ceremony;

import org.jspecify.annotations.NullMarked;
