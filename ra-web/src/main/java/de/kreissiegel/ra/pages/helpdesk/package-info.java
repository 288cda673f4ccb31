/**
 * The help desk's pages: who is looked for, how it stands with them, and what the desk may do about
 * it. In come searches, reasons and letters to be sent again.
 */
@NullMarked
package de.kreissiegel.ra.pages.helpdesk;

import org.jspecify.annotations.NullMarked;
