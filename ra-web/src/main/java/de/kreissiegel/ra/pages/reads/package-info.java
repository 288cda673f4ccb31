/** Who looked at whose data, for the data protection officer: pages and files. */
@NullMarked
package de.kreissiegel.ra.pages.reads;

import org.jspecify.annotations.NullMarked;
