/** Keys of the application's own that lie outside of the vault, with their certificates. */
@NullMarked
package de.kreissiegel.ra.identity;

import org.jspecify.annotations.NullMarked;
