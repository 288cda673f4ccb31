/**
 * The help desk: finds people of its tenants, sees how it stands with what is theirs, sends them
 * their letters again and puts certificates on hold. It decides nothing, releases nothing, and
 * reads no key, for there is none here to be read. What stands behind a pseudonym it doesn't see.
 */
package de.kreissiegel.ca.helpdesk;
