/**
 * The registration authority's web application. In come requests of people and machines over HTTPS;
 * each becomes one call of a desk of the authority, with the actor whom the credentials prove. Each
 * package below is one capability; {@code pages} and {@code rest} don't know each other.
 */
@NullMarked
package de.kreissiegel.ra;

import org.jspecify.annotations.NullMarked;
