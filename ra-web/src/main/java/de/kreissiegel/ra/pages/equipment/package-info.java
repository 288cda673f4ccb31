/** What was handed out and what became of it: the list, the form, and the list as a file. */
@NullMarked
package de.kreissiegel.ra.pages.equipment;

import org.jspecify.annotations.NullMarked;
