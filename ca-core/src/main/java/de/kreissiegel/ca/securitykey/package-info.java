/**
 * Security keys (passkeys) by which officers approve: registered once with the officer's own key,
 * since a vault believes nobody else that one is theirs.
 */
package de.kreissiegel.ca.securitykey;
