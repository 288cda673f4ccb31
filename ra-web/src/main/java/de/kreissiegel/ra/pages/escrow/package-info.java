/**
 * Pages of escrow: what tenants decide, recoveries for officers, and for everybody what is kept of
 * their own keys. The password of a file is shown in the answer to the request that made it, and
 * never comes near a session.
 */
@NullMarked
package de.kreissiegel.ra.pages.escrow;

import org.jspecify.annotations.NullMarked;
