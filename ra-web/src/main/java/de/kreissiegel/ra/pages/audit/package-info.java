/** The auditors' page: reads the trail, changes nothing. */
@NullMarked
package de.kreissiegel.ra.pages.audit;

import org.jspecify.annotations.NullMarked;
