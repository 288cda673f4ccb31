/**
 * Proving who one is by more than a password: a key's proof comes in, a {@link
 * de.kreissiegel.ca.access.Actor.Person} with a strong {@link de.kreissiegel.ca.access.Proof} goes
 * out. That the key was there is the door's to check (TLS, RFC 8446 §4.4.3); whose it is and
 * whether it still counts is decided here.
 */
@org.jspecify.annotations.NullMarked
package de.kreissiegel.ca.login;
