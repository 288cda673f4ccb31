/** People's own passkeys: which there are, a new one, one less. */
@NullMarked
package de.kreissiegel.ra.pages.passkeys;

import org.jspecify.annotations.NullMarked;
