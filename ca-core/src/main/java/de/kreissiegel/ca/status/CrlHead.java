package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;

/**
 * A published list without its octets.
 *
 * @param name which one
 * @param number its CRLNumber
 * @param thisUpdate when it was made
 * @param nextUpdate when the next one is there at the latest
 * @param statusVersion the version of its partition's status that it tells at least
 * @param entries how many it has; 0 also where nobody counted
 * @param length how many octets
 * @param tag a hash that no other list has
 */
public record CrlHead(
    CrlName name,
    long number,
    Instant thisUpdate,
    Instant nextUpdate,
    long statusVersion,
    long entries,
    long length,
    Bytes tag) {}
