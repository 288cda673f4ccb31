/**
 * Evidence of a period for who checks the house from outside. In come the audit trail, the reviews
 * and the matrix of offices; out goes a ZIP file that says itself how to check it, written as it is
 * read. That it left is in the trail before its first octet does.
 */
package de.kreissiegel.ca.evidence;
