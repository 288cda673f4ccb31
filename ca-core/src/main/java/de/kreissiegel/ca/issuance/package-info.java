/**
 * From an approved request to a certificate: built, linted, signed, stored; and after a crash taken
 * in from the vault's journal.
 */
package de.kreissiegel.ca.issuance;
