package de.kreissiegel.ra.pages.device;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.handover.HandoverId;
import de.kreissiegel.ca.handover.StoredHandover;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.CertificateAddress;
import de.kreissiegel.ra.pages.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A file's way to a phone: the desk leaves it, encrypted, and shows a QR code and six digits; the
 * phone, which nobody has logged in to, fetches it by both.
 */
@Controller
class HandoverPages {
  private static final String PLACE = "/info/handover/";

  private final HandoverDesk desk;
  private final Words words;

  HandoverPages(HandoverDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  /** Takes the encrypted file: the body, as it is. */
  @PostMapping("/certificates/{authority}/{serial}/handover")
  ResponseEntity<Offered> offer(
      Actor.Person person,
      @PathVariable String authority,
      @PathVariable String serial,
      InputStream body)
      throws Refused, IOException {
    var address = CertificateAddress.of(authority, serial);
    // One more than the desk takes is enough to be refused.
    var sealed = Bytes.of(body.readNBytes(StoredHandover.MOST_OCTETS + 1));
    var offered = desk.offer(person, address.authority(), address.serial(), sealed);
    return secret(new Offered(PLACE + offered.id(), offered.code(), words.time(offered.until())));
  }

  /** The page on the phone; it looks the same whatever the id. */
  @GetMapping(PLACE + "{handover}")
  String phone(@PathVariable String handover, Model model) {
    model.addAttribute("handover", handover);
    return "handover";
  }

  /** Gives the encrypted file out, once. */
  @PostMapping(PLACE + "{handover}")
  ResponseEntity<Collected> collect(@PathVariable String handover, @RequestParam String code)
      throws Refused {
    var sealed = desk.collect(id(handover), code);
    return secret(new Collected(Base64.getEncoder().encodeToString(sealed.toArray())));
  }

  private static HandoverId id(String text) throws Refused {
    try {
      return HandoverId.of(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no file waits here");
    }
  }

  private static <T> ResponseEntity<T> secret(T body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
  }

  /**
   * What the desk shows.
   *
   * @param address of the phone's page, without its fragment
   * @param code six digits
   * @param until in words
   */
  record Offered(String address, String code, String until) {}

  /**
   * @param sealed the encrypted file, base64
   */
  record Collected(String sealed) {}
}
