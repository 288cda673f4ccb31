/**
 * The bad day: all certificates of one generation of an authority are stopped, revoked (RFC 5280
 * §5.3.1) and replaced in order, and their holders told. In comes an authority's name; out come
 * revocations, what holders owe, notices, progress and a record. {@link
 * de.kreissiegel.ca.emergency.MassPath} is the front door.
 */
package de.kreissiegel.ca.emergency;
