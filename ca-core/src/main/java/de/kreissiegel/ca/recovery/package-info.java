/**
 * Escrowed keys are given out. In come requests with a reason, and officers' signatures over each
 * key that is asked for; out goes one PKCS#12 file (RFC 7292) with all of somebody's keys of
 * encryption, once, to whom it was approved for. The vault opens what wraps a key only against
 * those signatures, and journals it before. The file's password goes to the officer who had it
 * made, and is kept nowhere.
 */
package de.kreissiegel.ca.recovery;
