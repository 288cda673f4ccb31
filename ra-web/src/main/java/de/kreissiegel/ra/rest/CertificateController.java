package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.Place;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.encoding.CertificateFiles;
import java.time.Clock;
import java.time.Instant;
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
   * @param text the beginnings of words of a name, mail address or DNS name, all of them in any
   *     order; or a serial number (hexadecimal or decimal), a fingerprint (SHA-256 or SHA-1), the
   *     SHA-256 of the SubjectPublicKeyInfo or the key identifier
   * @param holder the directory's id of whom it names
   * @param endsFrom only what ends at this time or later; those that end first come first then
   * @param endsBefore only what ends before this time
   * @param after where to go on, as the answer before said; costs the same at any depth
   */
  @GetMapping
  Listing<CertificateView> list(
      Actor.Person person,
      @RequestParam(defaultValue = "own") CertificateScope scope,
      @RequestParam(defaultValue = "") String text,
      @RequestParam Optional<TenantId> tenant,
      @RequestParam Optional<SubjectId> holder,
      @RequestParam Optional<ProfileName> profile,
      @RequestParam Optional<AuthorityName> authority,
      @RequestParam Optional<CertificateQuery.State> state,
      @RequestParam Optional<Instant> endsFrom,
      @RequestParam Optional<Instant> endsBefore,
      @RequestParam Optional<Place> after,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = Slice.DEFAULT_LIMIT) int limit)
      throws Refused {
    var slice = Slice.of(offset, limit);
    if (offset > CertificateQuery.FURTHEST) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "offset is at most " + CertificateQuery.FURTHEST + "; 'after' leads further");
    }
    var filter =
        new CertificateQuery.Filter(
            tenant, holder, profile, authority, state, endsFrom, endsBefore);
    var query = new CertificateQuery(text, filter, after, offset, limit);
    var now = clock.instant();
    var found =
        switch (scope) {
          case OWN -> inventory.own(person, query);
          case ALL -> {
            Scopes.require(person, Action.VIEW_CERTIFICATES);
            yield inventory.search(person, query);
          }
        };
    return Listing.<StoredCertificate, CertificateView>of(
            found, slice, certificate -> CertificateView.of(certificate, now))
        .goingOnAfter(
            found.size() < limit
                ? Optional.empty()
                : Optional.of(query.placeOf(found.getLast()).text()));
  }

  @GetMapping("/{authority}/{serial}")
  CertificateDetail view(
      Actor.Person person, @PathVariable AuthorityName authority, @PathVariable SerialNumber serial)
      throws Refused {
    StoredCertificate certificate = inventory.view(person, authority, serial);
    return CertificateDetail.of(
        certificate,
        files,
        addresses,
        inventory.lastInquiry(certificate).map(Inquiry::at),
        clock.instant());
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
