package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/**
 * An event that was drawn.
 *
 * @param number from 1
 * @param event as it stands in the trail now
 * @param hash the event's when it was drawn
 * @param inOrder who found it in order, if anybody did
 * @param findings how many findings there are with it
 */
public record SampleItem(
    int number,
    SampleKind kind,
    AuditEvent event,
    Bytes hash,
    Optional<Said> inOrder,
    int findings) {
  /** Whether somebody said something of it. */
  public boolean isJudged() {
    return inOrder.isPresent() || findings > 0;
  }

  /** Whether it is a deed of this person. */
  public boolean isDeedOf(Actor.Person person) {
    return event.actor().equals(person.auditName());
  }

  /** Whether the event was changed since it was drawn. */
  public boolean isChanged() {
    return !hash.equals(event.hash());
  }
}
