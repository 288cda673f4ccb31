package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.encoding.CertificateFiles;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Issued certificates: search, detail, file. */
@RestController
@RequestMapping("/api/v1/certificates")
class CertificateController {
  private final CertificateInventory inventory;
  private final CertificateFiles files;
  private final StatusAddresses addresses;
  private final Clock clock;

  CertificateController(
      CertificateInventory inventory,
      CertificateFiles files,
      StatusAddresses addresses,
      Clock clock) {
    this.inventory = inventory;
    this.files = files;
    this.addresses = addresses;
    this.clock = clock;
  }

  /**
   * Searches.
   *
   * @param text part of a name, mail address, DNS name or serial number
   */
  @GetMapping
  Listing<CertificateView> list(
      Actor.Person person,
      @RequestParam(defaultValue = "own") CertificateScope scope,
      @RequestParam(defaultValue = "") String text,
      @RequestParam Optional<TenantId> tenant,
      @RequestParam Optional<ProfileName> profile,
      @RequestParam Optional<CertificateQuery.State> state,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = Slice.DEFAULT_LIMIT) int limit)
      throws Refused {
    var slice = Slice.of(offset, limit);
    var query = new CertificateQuery(text, tenant, profile, state, offset, limit);
    var now = clock.instant();
    return switch (scope) {
      case OWN ->
          Listing.of(
              slice.of(
                  inventory.own(person).stream()
                      .filter(certificate -> OwnFilter.matches(query, certificate, now))
                      .toList()),
              slice,
              certificate -> CertificateView.of(certificate, now));
      case ALL -> {
        Scopes.require(person, Action.VIEW_CERTIFICATES);
        yield Listing.of(
            inventory.search(person, query),
            slice,
            certificate -> CertificateView.of(certificate, now));
      }
    };
  }

  @GetMapping("/{authority}/{serial}")
  CertificateDetail view(
      Actor.Person person, @PathVariable AuthorityName authority, @PathVariable SerialNumber serial)
      throws Refused {
    return CertificateDetail.of(
        inventory.view(person, authority, serial), files, addresses, clock.instant());
  }

  @GetMapping("/{authority}/{serial}/file")
  ResponseEntity<byte[]> file(
      Actor.Person person,
      @PathVariable AuthorityName authority,
      @PathVariable SerialNumber serial,
      @RequestParam(defaultValue = "pem") CertificateFiles.Format format)
      throws Refused {
    var file = files.file(inventory.view(person, authority, serial), format);
    var disposition = ContentDisposition.attachment().filename(file.name()).build();
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(file.mediaType()))
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .body(file.content().toArray());
  }
}
