/**
 * The page of people: who has to be confirmed again, and who may be recorded twice. In come
 * officers' checks and their word on who is the same human.
 */
@NullMarked
package de.kreissiegel.ra.pages.persons;

import org.jspecify.annotations.NullMarked;
