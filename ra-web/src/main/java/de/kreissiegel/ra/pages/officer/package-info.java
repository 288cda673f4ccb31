/**
 * The registration officers' pages: their inbox, and one application beside what the directory says
 * now. In comes their yes, or their no with a reason; out goes that to the registration desk.
 */
@NullMarked
package de.kreissiegel.ra.pages.officer;

import org.jspecify.annotations.NullMarked;
