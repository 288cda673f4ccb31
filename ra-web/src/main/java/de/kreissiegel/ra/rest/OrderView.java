package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.registration.CertificateRequest;
import java.util.List;
import java.util.Optional;

/**
 * An order.
 *
 * @param id its id; empty for a request that is part of none
 * @param requests its parts, the profile that offers the order first
 */
record OrderView(Optional<String> id, List<RequestView> requests) {
  static OrderView of(List<CertificateRequest> parts) {
    return new OrderView(
        parts.getFirst().content().order().map(Object::toString),
        parts.stream().map(RequestView::of).toList());
  }
}
