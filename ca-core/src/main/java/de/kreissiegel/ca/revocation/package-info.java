/** Revocation, hold and release: who may, which reasons, and what follows. */
package de.kreissiegel.ca.revocation;
