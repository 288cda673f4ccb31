/**
 * The page of who may do what: offices, what excludes what, which group gives which, and whose
 * don't count.
 */
@NullMarked
package de.kreissiegel.ra.pages.roles;

import org.jspecify.annotations.NullMarked;
