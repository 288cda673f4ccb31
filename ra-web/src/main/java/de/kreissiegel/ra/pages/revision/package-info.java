/** The revisor's pages: what is to be reviewed, one review, one item, and evidence as a file. */
@NullMarked
package de.kreissiegel.ra.pages.revision;

import org.jspecify.annotations.NullMarked;
