/**
 * The way in for the day on which certificates, passkeys or the directory fail: sealed codes, made
 * at the server's console, each for a named holder, good once. What they open is what protects (see
 * {@link de.kreissiegel.ca.access.AccessRules}); it is loud: audit trail, mail, health. In come
 * codes, out goes a {@link de.kreissiegel.ca.access.Actor.Person}. BSI ORP.4.A22 wants such access
 * to be regulated.
 */
package de.kreissiegel.ca.breakglass;
