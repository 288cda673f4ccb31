/**
 * What follows an issuance or revocation outside of the authority: rows of the outbox, written with
 * the change, carried out afterwards at least once, each idempotent.
 */
package de.kreissiegel.ca.publication;
