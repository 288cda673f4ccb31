/**
 * Logging in. By more than a password: a key's proof comes in, a {@link
 * de.kreissiegel.ca.access.Actor.Person} with a strong {@link de.kreissiegel.ca.access.Proof} goes
 * out. That the key was there is the door's to check (TLS, RFC 8446 §4.4.3); whose it is and
 * whether it still counts is decided here; so is what the trail hears of each log-in, what one's
 * own sessions are, and whether a proof is fresh.
 */
@org.jspecify.annotations.NullMarked
package de.kreissiegel.ca.login;
