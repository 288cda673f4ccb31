/**
 * What a foreign authority issued and revoked becomes ours to tell of: its certificates and CRLs
 * (RFC 5280) come in as others left them, rows of the inventory go out, and a count of what
 * couldn't be taken, with the reason. The front door is {@link
 * de.kreissiegel.ca.takeover.Takeover}.
 */
package de.kreissiegel.ca.takeover;
