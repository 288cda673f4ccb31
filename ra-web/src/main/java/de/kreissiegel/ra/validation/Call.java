package de.kreissiegel.ra.validation;

import java.time.Instant;
import java.util.Optional;

/**
 * An HTTP request, as far as it matters here.
 *
 * @param method in capitals
 * @param path as it came, percent signs and all; without scheme, host and query
 * @param contentType media type of the body in lower case, without parameters
 * @param ifNoneMatch that header
 * @param body may be empty
 * @param at when it was read; the clock is not asked again for the same answer
 */
record Call(
    String method,
    String path,
    Optional<String> contentType,
    Optional<String> ifNoneMatch,
    byte[] body,
    Instant at) {
  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
