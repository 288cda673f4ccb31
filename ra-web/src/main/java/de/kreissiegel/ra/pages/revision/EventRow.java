package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;

/**
 * An event of the trail.
 *
 * @param who the name of who acted; their id where it was erased
 * @param what the action in words
 * @param address of the page of what it is about; empty if there is none
 */
record EventRow(Instant at, String who, String what, String detail, String object, String address) {
  private static final String CERTIFICATE = "certificate:";
  private static final String REQUEST = "request:";

  static EventRow of(AuditEvent event, Words words) {
    return new EventRow(
        event.at(),
        event.actorName().isEmpty() ? event.actor() : event.actorName(),
        words.orElse("audit.action." + event.action(), event.action()),
        event.detail(),
        event.object(),
        address(event.object()));
  }

  private static String address(String object) {
    if (object.startsWith(CERTIFICATE) && object.indexOf('/') > 0) {
      return "/certificates/" + object.substring(CERTIFICATE.length());
    }
    return object.startsWith(REQUEST) ? "/requests/" + object.substring(REQUEST.length()) : "";
  }
}
