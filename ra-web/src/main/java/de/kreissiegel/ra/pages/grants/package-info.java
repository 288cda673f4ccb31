/**
 * The page of who stands in for whom. In come proposals, consents and ends; out go the grants that
 * somebody may see.
 */
@NullMarked
package de.kreissiegel.ra.pages.grants;

import org.jspecify.annotations.NullMarked;
