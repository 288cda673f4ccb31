package de.kreissiegel.ra.pages.device;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.delivery.DeliveryDesk;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.pages.CertificateAddress;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Gives the holder's browser what it makes device files of. */
@Controller
class DeliveryController {
  private final DeliveryDesk desk;

  DeliveryController(DeliveryDesk desk) {
    this.desk = desk;
  }

  @GetMapping("/certificates/{authority}/{serial}/delivery.json")
  ResponseEntity<DeliveryView> delivery(
      Actor.Person person, @PathVariable String authority, @PathVariable String serial)
      throws Refused {
    var address = CertificateAddress.of(authority, serial);
    var delivery = desk.of(person, address.authority(), address.serial());
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(DeliveryView.of(delivery));
  }
}
