/** How the house stands: its parts, its certificates, its keys, and who pays. Changes nothing. */
@NullMarked
package de.kreissiegel.ra.pages.house;

import org.jspecify.annotations.NullMarked;
