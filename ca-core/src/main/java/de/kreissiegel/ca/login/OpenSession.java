package de.kreissiegel.ca.login;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;

/**
 * A session of the pages, as its holder sees it.
 *
 * @param key 32 octets by which it is known; they open nothing
 * @param proof by what it began, as {@code passkey}
 * @param provenAt when its holder last proved who they are
 * @param used when it was last used; may be a minute late
 */
public record OpenSession(Bytes key, String proof, Instant provenAt, Instant used) {}
