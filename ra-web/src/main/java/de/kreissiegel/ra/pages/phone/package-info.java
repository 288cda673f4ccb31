/**
 * Revocation by phone. A person has a code made for them here and sees it once; who answers the
 * phone types the caller's name and code and gets the caller's certificates, to put them on hold or
 * to revoke them. In come names, codes and choices, out go calls of the hotline.
 */
@NullMarked
package de.kreissiegel.ra.pages.phone;

import org.jspecify.annotations.NullMarked;
