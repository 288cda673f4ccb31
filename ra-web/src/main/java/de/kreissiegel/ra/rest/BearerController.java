package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.pseudonym.PseudonymDesk;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.SerialNumber;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is behind the pseudonym in a certificate. */
@RestController
@RequestMapping("/api/v1/certificates")
class BearerController {
  private final CertificateInventory inventory;
  private final PseudonymDesk pseudonyms;

  BearerController(CertificateInventory inventory, PseudonymDesk pseudonyms) {
    this.inventory = inventory;
    this.pseudonyms = pseudonyms;
  }

  /** Tells officers of the tenant; each call is in the read log with its reason. */
  @PostMapping(path = "/{authority}/{serial}/bearer", consumes = "application/json")
  BearerView bearer(
      Actor.Person person,
      @PathVariable AuthorityName authority,
      @PathVariable SerialNumber serial,
      @Valid @RequestBody BearerBody body)
      throws Refused {
    var holder =
        inventory
            .view(person, authority, serial)
            .subject()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "it names nobody"));
    var unveiled = pseudonyms.unveil(person, holder, body.reason());
    return new BearerView(unveiled.pseudonym(), unveiled.person().value(), unveiled.name());
  }

  /**
   * Why somebody has to know.
   *
   * @param reason in words, for the read log, 1 to 500 characters
   */
  record BearerBody(@NotNull String reason) {}

  /**
   * Who it is.
   *
   * @param pseudonym without its mark
   * @param subject their id in the directory
   * @param name their name there; empty if they are gone
   */
  record BearerView(String pseudonym, String subject, Optional<String> name) {}
}
