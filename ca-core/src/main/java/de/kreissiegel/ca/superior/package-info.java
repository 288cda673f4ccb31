/**
 * Fetches the CRLs of external superiors before those that are here end, and raises an alarm if one
 * of them revokes what we stand on. In come addresses (RFC 5280 §4.2.1.13) and whatever strangers
 * answer there by HTTP (RFC 9110); out go lists that a superior has signed, beside the hierarchy.
 * {@link de.kreissiegel.ca.superior.SuperiorWatch} is the front door.
 */
package de.kreissiegel.ca.superior;
