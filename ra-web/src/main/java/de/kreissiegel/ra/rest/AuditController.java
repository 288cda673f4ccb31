package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail, for auditors. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
  private final AuditDesk desk;

  AuditController(AuditDesk desk) {
    this.desk = desk;
  }

  /**
   * Reads, newest first.
   *
   * @param text part of actor, action, object or detail
   * @param object only of this object, as {@code request:…}
   */
  @GetMapping
  Listing<EventView> read(
      Actor.Person person,
      @RequestParam(defaultValue = "") String text,
      @RequestParam Optional<TenantId> tenant,
      @RequestParam Optional<String> object,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = Slice.DEFAULT_LIMIT) int limit)
      throws Refused {
    Scopes.require(person, Action.READ_AUDIT);
    var slice = Slice.of(offset, limit);
    var events = desk.read(person, new AuditQuery(text, tenant, object, offset, limit));
    return Listing.of(events, slice, EventView::of);
  }

  /**
   * An event.
   *
   * @param chain the node that wrote it
   * @param sequence its number in that chain
   * @param actor who, in a form that stays the same
   * @param object of what
   * @param hash SHA-256 over this event and the hash before it, hexadecimal
   */
  record EventView(
      String chain,
      long sequence,
      Instant at,
      String actor,
      String actorName,
      String action,
      Optional<String> tenant,
      String object,
      String detail,
      String hash) {
    static EventView of(AuditEvent event) {
      return new EventView(
          event.chain(),
          event.sequence(),
          event.at(),
          event.actor(),
          event.actorName(),
          event.action(),
          event.tenant().map(TenantId::value),
          event.object(),
          event.detail(),
          event.hash().toHex());
    }
  }
}
