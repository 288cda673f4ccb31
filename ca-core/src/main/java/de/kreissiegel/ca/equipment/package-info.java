/**
 * Tokens, security keys and cards in people's hands (BSI IT-Grundschutz ORP.4): who got which, from
 * whom and when, which certificates are on it, and what became of it. It says what people told it;
 * nobody looks into a drawer.
 */
package de.kreissiegel.ca.equipment;
