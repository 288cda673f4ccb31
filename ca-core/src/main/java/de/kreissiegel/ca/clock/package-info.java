/**
 * Whether this host's clock is right. In come the clocks of others (the database's server, time
 * servers by SNTP, RFC 4330), out goes how far ours is from each.
 */
package de.kreissiegel.ca.clock;
