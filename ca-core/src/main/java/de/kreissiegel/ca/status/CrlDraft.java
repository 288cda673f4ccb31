package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A list that is written and not yet signed.
 *
 * @param name which one
 * @param number its CRLNumber
 * @param base of a delta, the number of the full list that it changes
 * @param request under which id the vault is asked, however often
 * @param thisUpdate when it was made
 * @param nextUpdate when the next one is there at the latest
 * @param statusVersion the version of its partition's status that it tells at least
 * @param entries how many it has
 * @param length of its TBSCertList, in octets
 * @param digest SHA-256 of its TBSCertList
 */
public record CrlDraft(
    CrlName name,
    long number,
    Optional<Long> base,
    UUID request,
    Instant thisUpdate,
    Instant nextUpdate,
    long statusVersion,
    long entries,
    long length,
    Bytes digest) {}
