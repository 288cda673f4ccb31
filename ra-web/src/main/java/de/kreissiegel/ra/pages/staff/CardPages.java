package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ra.pages.CertificateAddress;
import de.kreissiegel.ra.pages.Download;
import de.kreissiegel.ra.pages.cards.CardFiles;
import de.kreissiegel.ra.pages.cards.CardPlatform;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Gives out the two files for a key on a card: the one that makes key and request, and the one that
 * puts the certificate there. No secret is in them.
 */
@Controller
class CardPages {
  private final Offers offers;
  private final CertificateInventory inventory;
  private final CardFiles files;

  CardPages(Offers offers, CertificateInventory inventory, CardFiles files) {
    this.offers = offers;
    this.inventory = inventory;
    this.files = files;
  }

  /** For what this person may apply for, where its key may be on a card. */
  @GetMapping("/apply/card/{platform}")
  ResponseEntity<byte[]> makeKey(
      Actor.Person person,
      @PathVariable String platform,
      @RequestParam String profile,
      @RequestParam String subject,
      @RequestParam String tenant)
      throws Refused, DirectoryUnavailable {
    Offer offer = offers.named(person, profile, false, subject, tenant, "");
    if (!files.offered(offer)) {
      throw new Refused(RefusalReason.NOT_FOUND, "no key of this kind is made on a card");
    }
    return Download.of(files.makeKey(CardPlatform.named(platform), offer));
  }

  /** For the certificate's holder alone. */
  @GetMapping("/certificates/{authority}/{serial}/card/{platform}")
  ResponseEntity<byte[]> putCertificate(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      @PathVariable String platform)
      throws Refused {
    var address = CertificateAddress.of(authority, serial);
    var certificate = inventory.viewOwn(person, address.authority(), address.serial());
    return Download.of(files.putCertificate(CardPlatform.named(platform), certificate));
  }
}
